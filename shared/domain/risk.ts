/** Risk rating on a 5 x 5 matrix of likelihood and impact. */

export type RiskLevel = 'low' | 'medium' | 'high';

/** 1..25: likelihood times impact, both clamped to 1..5. */
export function riskScore(likelihood: number, impact: number): number {
  return clamp(likelihood) * clamp(impact);
}

/** Low up to 4, medium up to 12, high from 15; products between 12 and 15 do not occur. */
export function riskLevel(likelihood: number, impact: number): RiskLevel {
  const score = riskScore(likelihood, impact);
  if (score >= 15) return 'high';
  return score >= 5 ? 'medium' : 'low';
}

function clamp(value: number): number {
  return Math.min(5, Math.max(1, Math.round(value)));
}
