import type { Kind } from '../case.types';
import { cli } from './cli';
import { control } from './control';
import { exported } from './exported';
import { gp } from './gp';
import { procore } from './procore';
import { rows } from './rows';
import { rule } from './rule';
import { shapes } from './shapes';
import { sql } from './sql';
import { text } from './text';
import { visitor } from './visitor';

/** How each kind of case is run. A new kind is a file here and a line below. */
export const KINDS: Record<string, Kind> = {
	cli,
	control,
	exported,
	gp,
	procore,
	rows,
	rule,
	shapes,
	sql,
	text,
	visitor,
};
