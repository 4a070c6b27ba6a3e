import type { Evidence } from '../../shared/domain/evidence.ts';
import { t } from '../i18n/translate.ts';

/** `2 controls, 1 finding`, or that it is not linked. */
export function linksInWords(item: Evidence): string {
  const controls = item.controls.length;
  const findings = item.findings.length;
  const parts = [
    ...(controls > 0 ? [t('evidence.links.countControls', { count: controls })] : []),
    ...(findings > 0 ? [t('evidence.links.countFindings', { count: findings })] : []),
  ];
  return parts.length === 0 ? t('evidence.links.none') : parts.join(', ');
}
