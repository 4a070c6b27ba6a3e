import {
  BadgeCheck,
  Flag,
  House,
  Inbox,
  Layers,
  Library,
  Link2,
  ListChecks,
  ListTree,
  type LucideIcon,
  Paperclip,
  PenLine,
  Settings,
  UsersRound,
} from 'lucide-react';
import type { ScreenName } from '../screens.ts';

/** The sign of each screen, in the navigation and in empty states. */
export const screenIcons: Readonly<Record<ScreenName, LucideIcon>> = {
  audits: Layers,
  dashboard: House,
  walkthrough: ListChecks,
  requests: Inbox,
  evidence: Paperclip,
  findings: Flag,
  plan: ListTree,
  review: UsersRound,
  report: PenLine,
  checklists: Library,
  trail: Link2,
  settings: Settings,
  verify: BadgeCheck,
};
