import type { HostileCase } from '../case.types';
import { CLI_CASES } from './cli';
import { EXPORT_CASES } from './exported';
import { GP_CASES } from './gp';
import { PROCORE_CASES } from './procore';
import { ROWS_CASES } from './rows';
import { RULE_CASES } from './rules';
import { SHAPE_CASES } from './shapes';
import { TEXT_CASES } from './text';
import { VISITOR_CASES } from './visitor';
import { WIRE_CASES } from './wire';

/** Every hostile case there is. Further lists are added here. */
export const ALL_CASES: HostileCase[] = [
	...GP_CASES,
	...PROCORE_CASES,
	...VISITOR_CASES,
	...WIRE_CASES,
	...SHAPE_CASES,
	...ROWS_CASES,
	...RULE_CASES,
	...CLI_CASES,
	...EXPORT_CASES,
	...TEXT_CASES,
];
