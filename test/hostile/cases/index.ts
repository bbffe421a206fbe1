import type { HostileCase } from '../case.types';
import { GP_CASES } from './gp';
import { PROCORE_CASES } from './procore';
import { TEXT_CASES } from './text';

/** Every hostile case there is. Further lists are added here. */
export const ALL_CASES: HostileCase[] = [...GP_CASES, ...PROCORE_CASES, ...TEXT_CASES];
