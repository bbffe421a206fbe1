import { SECOND_JOBS } from '../../gp/company/second-company';
import type { SeedOptions } from './default-seed';

const CODES: ReadonlyArray<[code: string, name: string]> = [
	['01-100', 'General conditions'],
	['02-300', 'Site work'],
	['03-100', 'Concrete'],
	['05-120', 'Structural steel'],
	['09-250', 'Drywall'],
	['16-100', 'Electrical'],
];

const projects = SECOND_JOBS.slice(0, 6).map(({ number, name }) => ({
	number: `${number.slice(0, 2)}-${number.slice(2)}`,
	name,
}));

/** Procore of the second company: numbers with a dash, codes under divisions; two jobs have no project. */
export const SECOND_SEED: SeedOptions = {
	company: { id: 562949953442401, name: 'Contoso Civil' },
	projects,
	costCodes: projects.slice(0, 3).flatMap(({ number }) =>
		CODES.flatMap(([code, name]) => [
			{ project: number, code: code.slice(0, 2), name: `Division ${code.slice(0, 2)}` },
			{ project: number, parent: code.slice(0, 2), code: code.slice(3), name },
		]),
	),
	commitments: [],
};
