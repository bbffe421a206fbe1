import { crosswalkChanges, type SeenDecision } from '../../lib/mapping/crosswalk-changes';
import { type Crosswalk, DELIVERED_UNTIL_0_3, type MappingSettings } from '../../lib/mapping/types';
import { mapRecords } from '../../lib/mapping/map-records';
import { mappingVersion } from '../../lib/mapping/settings-check';
import { account, PROJECTS } from './samples';

const NONE: Crosswalk = { projects: [], accounts: [], vendors: [] };
const AT = '2026-07-01T06:00:00.000Z';
const LATER = '2026-07-02T06:00:00.000Z';

/** Rows as the first run proposes them, with the columns n8n adds. */
function proposed(): Crosswalk {
	const { newJobs, newAccounts } = mapRecords({
		records: ['300-5110-01', '300-5130-02', '301-5110-02', '999-5110-02'].map((one) =>
			account(one, { description: 'Concrete' }),
		),
		crosswalk: NONE,
		projects: PROJECTS,
		settings: DELIVERED_UNTIL_0_3,
	});
	const stored = <Row extends object>(rows: Row[]) =>
		rows.map((row, index) => ({ ...row, id: index + 1, createdAt: AT, updatedAt: AT }));
	const byAccount = [...newAccounts].sort((left, right) =>
		left.gp_account < right.gp_account ? -1 : 1,
	);
	return { projects: stored(newJobs), accounts: stored(byAccount), vendors: [] };
}

const changes = (
	crosswalk: Crosswalk,
	seen: SeenDecision[] = [],
	settings: MappingSettings = DELIVERED_UNTIL_0_3,
	projects = PROJECTS,
) =>
	crosswalkChanges({
		crosswalk,
		projects,
		settings,
		mappingVersion: mappingVersion(settings),
		company: 'TWO',
		seen,
	});
/** What the table holds after the changes were seen to. */
function seenAfter(crosswalk: Crosswalk, before: SeenDecision[] = []): SeenDecision[] {
	const { remember, forget } = changes(crosswalk, before);
	return [...before.filter(({ id }) => !forget.includes(id!)), ...remember].map((row, index) => ({
		...row,
		id: index + 1,
	}));
}
const tokens = (crosswalk: Crosswalk, seen?: SeenDecision[]) =>
	changes(crosswalk, seen).changed.map(({ token }) => token);

test('a decision remembered by a run that failed before it forgot the older one is forgotten by the next', () => {
	const crosswalk = proposed();
	const before = seenAfter(crosswalk);
	const older = { ...before[0], id: 7, decision: 'an earlier version' };
	const twice = [older, { ...before[0], id: 8 }];
	expect(changes(crosswalk, twice)).toEqual({ changed: [], remember: [], forget: [7] });
	expect(changes(crosswalk, before).forget).toEqual([]);
});

test('a row without a key decides nothing', () => {
	const rows = { gp_company: 'TWO', procore_vendor_id: '5', createdAt: AT, updatedAt: LATER };
	const crosswalk = {
		...NONE,
		vendors: [
			{ ...rows, gp_vendor_id: ' ' },
			{ ...rows, gp_vendor_id: 'ACME' },
		],
	} as unknown as Crosswalk;
	const { changed, remember } = changes(crosswalk);
	expect(changed.map(({ key }) => key)).toEqual(['ACME']);
	expect(remember.map(({ kind }) => kind).sort()).toEqual(['M', 'V']);
});

test('rows that a run proposed itself are no change', () => {
	const crosswalk = proposed();
	expect(crosswalk.projects.length).toBeGreaterThan(0);
	expect(crosswalk.accounts.length).toBeGreaterThan(0);
	expect(changes(crosswalk)).toMatchObject({ changed: [], forget: [] });
	// Nothing but the version of the mapping is remembered, and that once.
	expect(changes(crosswalk).remember).toMatchObject([{ kind: 'M' }]);
	expect(changes(crosswalk, seenAfter(crosswalk)).remember).toEqual([]);
});

test.each<[string, (crosswalk: Crosswalk) => void, string]>([
	[
		'a job that was given a project',
		({ projects }) =>
			Object.assign(projects.find((row) => row.gp_job === '999')!, { procore_project_id: '9001' }),
		'|J:999|',
	],
	[
		'a job that is to be left out',
		({ projects }) =>
			Object.assign(projects.find((row) => row.gp_job === '300')!, { action: 'skip' }),
		'|J:300|',
	],
	[
		'an account that was given another code',
		({ accounts }) => Object.assign(accounts[0], { cost_code: '01-500' }),
		'|A:300-5110-01|',
	],
	[
		'an account that was given another cost type',
		({ accounts }) => Object.assign(accounts[1], { cost_type: 'OC' }),
		'|A:300-5130-02|',
	],
	[
		'an account of the company that became job cost',
		({ accounts }) =>
			accounts.push({ gp_company: 'TWO', gp_account: '000-6150-00', cost_code: '01-500' }),
		'|A:000-6150-00|',
	],
	[
		'a vendor that was linked',
		({ vendors }) =>
			vendors.push({ gp_company: 'TWO', gp_vendor_id: 'acme0001', procore_vendor_id: '77' }),
		'|V:ACME0001|',
	],
	[
		'a job that stands twice and differently',
		({ projects }) => {
			const row = projects.find(({ gp_job }) => gp_job === '300')!;
			projects.push({ ...row, id: 99, procore_project_id: '4711' });
		},
		'|J:300|',
	],
])('%s is a change once, and taken back another', (_, edit, token) => {
	const crosswalk = proposed();
	edit(crosswalk);
	expect(tokens(crosswalk)).toEqual([token]);
	const seen = seenAfter(crosswalk);
	expect(tokens(crosswalk, seen)).toEqual([]);
	expect(tokens(proposed(), seen)).toEqual([token]);
	expect(seenAfter(proposed(), seen).map(({ kind }) => kind)).toEqual(['M']);
});

test('a row that was deleted is a change', () => {
	const crosswalk = proposed();
	crosswalk.accounts[0].cost_code = '01-500';
	const seen = seenAfter(crosswalk);
	crosswalk.accounts.shift();
	expect(tokens(crosswalk, seen)).toEqual(['|A:300-5110-01|']);
});

test('a note, a name of a job and rows of another company change nothing', () => {
	const crosswalk = proposed();
	Object.assign(crosswalk.projects[0], {
		note: 'asked Jane',
		gp_job_name: 'Garage',
		updatedAt: LATER,
	});
	crosswalk.accounts.push({ gp_company: 'THREE', gp_account: '300-5110-01', cost_code: '1' });
	expect(changes(crosswalk).changed).toEqual([]);
});

test('another name for a cost code concerns the account alone, not its invoices', () => {
	const crosswalk = proposed();
	Object.assign(crosswalk.accounts[0], { cost_code_name: 'Foundations', updatedAt: LATER });
	expect(changes(crosswalk).changed).toEqual([
		{ kind: 'A', key: '300-5110-01', token: '|A:300-5110-01|', accountOnly: true },
	]);
	expect(tokens(crosswalk, seenAfter(crosswalk))).toEqual([]);
});

test('after a change of the mapping, rows nobody touched are no change; one edited since is', () => {
	const seen = seenAfter(proposed());
	const other = { ...DELIVERED_UNTIL_0_3, defaultCostType: 'X', costTypes: { '01': 'SVC' } };
	const crosswalk = proposed();
	expect(changes(crosswalk, seen, other).changed).toEqual([]);
	expect(changes(crosswalk, seen, other).remember.length).toBeGreaterThan(1);
	Object.assign(crosswalk.accounts[0], { cost_code: '01-500', updatedAt: LATER });
	expect(changes(crosswalk, seen, other).changed.map(({ token }) => token)).toEqual([
		'|A:300-5110-01|',
	]);
});

describe('a number that lost the zeros before it in a spreadsheet', () => {
	const skipped = (ids: string[]): Crosswalk => ({
		...proposed(),
		vendors: ids.map((gp_vendor_id) => ({
			...{ gp_company: 'TWO', gp_vendor_id, procore_vendor_id: '', action: 'skip' },
			...{ createdAt: AT, updatedAt: AT },
		})),
	});

	test('stops the run: what was decided for it would be taken back', () => {
		const seen = seenAfter(skipped(['00417', '0500', 'BETA']));
		expect(() => changes(skipped(['417', '500', 'BETA']), seen)).toThrow(
			expect.objectContaining({
				code: 'crosswalk-zeros-lost',
				message: expect.stringContaining('gpp_vendor_crosswalk'),
				remedy: expect.stringContaining('such as 00417'),
			}),
		);
		expect(() => changes(skipped(['417', '0500', 'BETA']), seen)).toThrow(
			'before 1 numbers that were decided on (417 for 00417)',
		);
		// Written in again.
		expect(tokens(skipped(['00417', '0500', 'BETA']), seen)).toEqual([]);
	});

	test('is one like any other where its row stands, was known before, or decides otherwise', () => {
		const seen = seenAfter(skipped(['00417', 'BETA']));
		const meant = skipped(['417', 'BETA']);
		meant.vendors.push({ gp_company: 'TWO', gp_vendor_id: '00417' } as never);
		expect(tokens(meant, seen).sort()).toEqual(['|V:00417|', '|V:417|']);
		const both = seenAfter(skipped(['00417', '417']));
		expect(tokens(skipped(['417']), both)).toEqual(['|V:00417|']);
		const other = skipped(['417', 'BETA']);
		other.vendors[0] = { ...other.vendors[0]!, action: 'send', procore_vendor_id: '7' };
		expect(tokens(other, seen).sort()).toEqual(['|V:00417|', '|V:417|']);
		expect(tokens(skipped(['BETA']), seen)).toEqual(['|V:00417|']);
	});

	test('stops the run as well where the number without zeros is another one that was decided on', () => {
		const seen = seenAfter(skipped(['00417', '417', 'BETA']));
		expect(() => changes(skipped(['417', '417', 'BETA']), seen)).toThrow('417 for 00417');
		const linked = skipped(['00417', '417', 'BETA']);
		linked.vendors[1] = { ...linked.vendors[1]!, action: 'send', procore_vendor_id: '7' };
		const two = { ...linked, vendors: [{ ...linked.vendors[0]!, gp_vendor_id: '417' }] };
		two.vendors.push(linked.vendors[1], linked.vendors[2]!);
		expect(() => changes(two, seenAfter(linked))).toThrow('417 for 00417');
		// Both of them told apart again.
		expect(tokens(linked, seenAfter(linked))).toEqual([]);
	});

	test('of a job and an account as well', () => {
		const crosswalk = proposed();
		const job = { ...crosswalk.projects[0]!, gp_job: '0042', procore_project_id: '9001' };
		const projects = [...crosswalk.projects, job];
		const seen = seenAfter({ ...crosswalk, projects });
		const short = [...crosswalk.projects, { ...job, gp_job: '42' }];
		expect(() => changes({ ...crosswalk, projects: short }, seen)).toThrow('42 for 0042');
		const account = { ...crosswalk.accounts[0]!, gp_account: '005110', cost_code: '77-7' };
		const accounts = [...crosswalk.accounts, account];
		const known = seenAfter({ ...crosswalk, accounts });
		const taken = [...crosswalk.accounts, { ...account, gp_account: '5110' }];
		expect(() => changes({ ...crosswalk, accounts: taken }, known)).toThrow('5110 for 005110');
	});
});

describe('a table that lost all that was decided in it', () => {
	/** As it stands, with a choice of a person in each table, and what a run remembered of them later. */
	function decided() {
		const crosswalk = proposed();
		crosswalk.projects.find(({ gp_job }) => gp_job === '999')!.procore_project_id = '9001';
		crosswalk.accounts[0]!.cost_code = '77-7';
		const seen = seenAfter(crosswalk).map((row) => ({ ...row, createdAt: LATER }));
		expect(seen.map(({ kind }) => kind).sort()).toEqual(['A', 'J', 'M']);
		return { crosswalk, seen };
	}
	const AFTER = '2026-07-03T06:00:00.000Z';
	const LAST = '2026-07-04T06:00:00.000Z';
	const anew = <Row extends object>(rows: Row[]) =>
		rows.map((row) => ({ ...row, createdAt: AFTER, updatedAt: AFTER }));

	test.each([
		['projects', 'gpp_project_crosswalk', '999'],
		['accounts', 'gpp_account_crosswalk', '300-5110-01'],
	] as const)('%s: empty, or filled anew by a run, it stops the run', (kind, table, key) => {
		const { crosswalk, seen } = decided();
		for (const rows of [[], anew<object>(proposed()[kind])]) {
			const look = () => changes({ ...crosswalk, [kind]: rows }, seen);
			expect(look).toThrow(
				expect.objectContaining({
					code: 'crosswalk-lost',
					message: expect.stringContaining(table),
				}),
			);
			expect(look).toThrow(key);
		}
		// Another company's rows are none of its own.
		const others = (crosswalk[kind] as object[]).map((row) => ({ ...row, gp_company: 'OTHER' }));
		expect(() => changes({ ...crosswalk, [kind]: others }, seen)).toThrow(table);
	});

	test('vendors: two and more that are gone with all others stop the run', () => {
		const ids = ['ACME', 'BETA'];
		const linked = (ids: string[]) => ({
			...proposed(),
			vendors: ids.map((gp_vendor_id) => ({
				...{ gp_company: 'TWO', gp_vendor_id, action: 'skip' },
				...{ createdAt: AT, updatedAt: AT },
			})),
		});
		const seen = seenAfter(linked(ids));
		expect(() => changes(linked([]), seen)).toThrow('gpp_vendor_crosswalk has lost');
		expect(tokens(linked(['BETA']), seen)).toEqual(['|V:ACME|']);
		expect(tokens(linked([]), seenAfter(linked(['ACME'])))).toEqual(['|V:ACME|']);
	});

	test.each<[string, (given: ReturnType<typeof decided>) => Parameters<typeof changes>]>([
		[
			'the project was closed in Procore',
			({ crosswalk, seen }) => [
				{ ...crosswalk, projects: anew(crosswalk.projects) },
				seen,
				DELIVERED_UNTIL_0_3,
				PROJECTS.filter(({ id }) => String(id) !== '9001'),
			],
		],
		[
			'the project was given the number of the job',
			({ crosswalk, seen }) => [
				{ ...crosswalk, projects: anew(crosswalk.projects) },
				seen,
				DELIVERED_UNTIL_0_3,
				PROJECTS.map((one) => (String(one.id) === '9001' ? { ...one, projectNumber: '999' } : one)),
			],
		],
		[
			'the mapping says the same again',
			() => {
				const crosswalk = proposed();
				const other = { ...DELIVERED_UNTIL_0_3, defaultCostType: 'X', costTypes: { '01': 'SVC' } };
				const seen = changes(crosswalk, [], other).remember;
				expect(seen.filter(({ kind }) => kind === 'A').length).toBeGreaterThan(1);
				const remembered = seen.map((row) => ({ ...row, createdAt: LATER }));
				return [{ ...crosswalk, accounts: anew(crosswalk.accounts) }, remembered];
			},
		],
	])('rows that were imported again stand, also once %s', (_, given) => {
		expect(() => changes(...given(decided()))).not.toThrow();
	});

	test('meant so, one row that a person wrote takes all of it back, and its records are asked for', () => {
		const { crosswalk, seen } = decided();
		const edited = { gp_company: 'TWO', note: 'meant so', createdAt: AFTER, updatedAt: LAST };
		const way = (lost: Crosswalk, given: SeenDecision[], key: string, row: object) => {
			expect(() => changes(lost, given)).toThrow(
				expect.objectContaining({ remedy: expect.stringContaining(`add one for ${key} `) }),
			);
			const kept = Object.entries(lost).map(([kind, rows]) => [
				kind,
				rows.length > 0 ? rows : [{ ...row, ...edited }],
			]);
			return tokens(Object.fromEntries(kept) as Crosswalk, given);
		};
		const { projects, accounts } = crosswalk;
		expect(way({ projects: [], accounts, vendors: [] }, seen, '999', { gp_job: '999' })).toEqual([
			'|J:999|',
		]);
		expect(
			way({ projects, accounts: [], vendors: [] }, seen, '300-5110-01', {
				gp_account: '300-5110-01',
			}),
		).toEqual(['|A:300-5110-01|']);
		const vendors = ['ACME', 'BETA'].map((gp_vendor_id) => ({
			...{ gp_company: 'TWO', gp_vendor_id, action: 'skip' },
		})) as unknown as Crosswalk['vendors'];
		const known = seenAfter({ ...proposed(), vendors });
		expect(
			way({ ...proposed(), vendors: [] }, known, 'ACME', { gp_vendor_id: 'ACME' }).sort(),
		).toEqual(['|V:ACME|', '|V:BETA|']);
	});

	test('with its rows back, in an older table, or with nothing remembered it goes on', () => {
		const { crosswalk, seen } = decided();
		const back = {
			...crosswalk,
			projects: anew(crosswalk.projects),
			accounts: anew(crosswalk.accounts),
		};
		expect(changes(back, seen).changed).toEqual([]);
		// Somebody took each choice back, in rows that are newer or in an old table.
		const [row, ...others] = anew(proposed().accounts);
		const edited = [{ ...row!, updatedAt: LAST }, ...others];
		expect(tokens({ ...crosswalk, accounts: edited }, seen)).toEqual(['|A:300-5110-01|']);
		expect(tokens(proposed(), seen).sort()).toEqual(['|A:300-5110-01|', '|J:999|']);
		expect(
			changes(
				NONE,
				seen.filter(({ kind }) => kind === 'M'),
			).changed,
		).toEqual([]);
	});
});
