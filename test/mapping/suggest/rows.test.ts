import { runSteps } from '../../../lib/http/read-body';
import type { GpVendor } from '../../../lib/model/gp-records';
import {
	codeChoices,
	type ProcoreCandidates,
	projectChoices,
	vendorChoices,
	vendorRows as vendorRowsInSteps,
} from '../../../lib/mapping/suggest/crosswalk-rows';
import {
	fillCrosswalks as fillInSteps,
	unmetRows,
	unmetRowsOfLines,
} from '../../../lib/mapping/suggest/fill-crosswalks';
import {
	type Crosswalk,
	DELIVERED_UNTIL_0_3,
	type VendorCrosswalkRow,
} from '../../../lib/mapping/types';
import { account, payable, PROJECTS, vendor } from '../samples';

const vendorRows = (...given: Parameters<typeof vendorRowsInSteps>) =>
	runSteps(vendorRowsInSteps(...given));
const fillCrosswalks = (...given: Parameters<typeof fillInSteps>) =>
	runSteps(fillInSteps(...given));

type Procore = ProcoreCandidates['vendors'][number];
const procore = (id: string, name: string, given: Partial<Procore> = {}): Procore => ({
	...{ id, name, originId: null, originCode: null },
	...given,
});
const gp = (vendorId: string, name: string, given: Partial<GpVendor> = {}) =>
	vendor({ vendorId, name, ...given });
const rows = (
	vendors: GpVendor[],
	there: Procore[],
	standing: Array<Partial<VendorCrosswalkRow>> = [],
) =>
	vendorRows(
		{
			company: 'TWO',
			vendors,
			crosswalk: {
				vendors: standing.map((one) => ({ gp_company: 'TWO', gp_vendor_id: 'A', ...one })),
			},
			procore: { vendors: there },
		},
		0.97,
	).map((one) => `${one.gp_vendor_id} → ${one.procore_vendor_id}: ${one.note}`);
const TILE = procore('1', 'Norwood Tile');

test('thousands are compared with thousands in steps, so that n8n goes on meanwhile', () => {
	const words = 'Acme Harbor Concrete Steel Mechanical Valley Mountain Lake Brothers Supply'.split(
		' ',
	);
	const name = (index: number) =>
		[index, index >> 2, index >> 4].map((one) => words[one % words.length]).join(' ');
	const vendors = Array.from({ length: 400 }, (_, index) => gp(`V${index}`, name(index)));
	const there = Array.from({ length: 900 }, (_, index) => procore(`${index}`, name(index + 1)));
	const steps = vendorRowsInSteps(
		{ company: 'TWO', vendors, crosswalk: { vendors: [] }, procore: { vendors: there } },
		0.97,
	);
	let taken = 0;
	while (!steps.next().done) taken += 1;
	expect(taken).toBe(vendors.length);
});

describe('rows for vendors that are written alike in Procore', () => {
	const LINKED = ['A → 1: NorwoodTile: linked: name alike (98 %), Norwood Tile'];
	const alike = gp('a', 'NorwoodTile');

	test('are made where the sync would not take it by itself', () => {
		expect(rows([alike], [TILE])).toEqual(LINKED);
		expect(rows([gp('a', 'Norwood Tilt')], [TILE])).toEqual([
			expect.stringMatching(
				/^A → : Norwood Tilt: candidates: Norwood Tile \(1\), \d+ % by name; made anew unless one is filled in$/,
			),
		]);
		// By its name, or by its code.
		expect(rows([gp('a', 'norwood tile')], [TILE])).toEqual([]);
		expect(rows([alike], [procore('1', 'Norwood Tile', { originCode: ' A' })])).toEqual([]);
		expect(rows([gp('a', '')], [procore('1', '')])).toEqual([]);
		expect(rows([gp('a', 'Else')], [TILE])).toEqual([]);
	});

	test.each<[string, GpVendor, Procore[], Array<Partial<VendorCrosswalkRow>>]>([
		['it is in Procore already', alike, [TILE, procore('2', 'X', { originId: 'gp:two:v:A' })], []],
		[
			'that in Procore came from GP',
			alike,
			[procore('1', 'Norwood Tile', { originId: 'GP:TWO:V:B' })],
			[],
		],
		['it is inactive', gp('a', 'NorwoodTile', { status: 'inactive' }), [TILE], []],
		['a row links it', alike, [TILE], [{ procore_vendor_id: '9' }]],
		['a row leaves it out', alike, [TILE], [{ action: 'skip' }]],
		['a row stands that says nothing', alike, [TILE], [{ gp_vendor_id: ' a' }]],
	])('none where %s', (_why, one, there, standing) => {
		expect(rows([one], there, standing)).toEqual([]);
	});

	test('a row of another company or vendor, or one that came from elsewhere, is no reason', () => {
		expect(rows([alike], [TILE], [{ gp_company: 'THREE' }, { gp_vendor_id: 'B' }])).toEqual(LINKED);
		expect(rows([alike], [TILE, procore('2', 'X', { originId: 'other:a' })])).toEqual(LINKED);
	});

	test('name both firms where two may be the one in Procore, a standing one among them', () => {
		const note = '(1) may be NorwoodTile (A in GP) or Norwood-Tile (B in GP)';
		const both = rows([alike, gp('B', 'Norwood-Tile')], [procore('1', 'Nor wood Tile')]);
		expect(both).toHaveLength(2);
		expect(both[0]).toContain(note);
		expect(both[1]).toContain('(1) may be Norwood-Tile (B in GP) or NorwoodTile (A in GP)');
		// The sync takes B for it by its name: B stands already, and inactive ones count.
		for (const given of [{}, { status: 'inactive' as const }])
			expect(rows([alike, gp('B', 'Norwood Tile', given)], [TILE])[0]).toContain(
				'A → : NorwoodTile: not linked: Norwood Tile (1) may be NorwoodTile (A in GP) or Norwood Tile (B in GP); fill it in at the one it is',
			);
		const standing = [{ gp_vendor_id: 'B' }];
		expect(rows([alike, gp('B', 'Norwood Tile')], [TILE], standing)[0]).toContain(
			'or Norwood Tile (B',
		);
	});

	test('name the vendor of a row that links it, by its name where it was read', () => {
		const link = { gp_vendor_id: 'b', procore_vendor_id: '1' };
		expect(rows([alike], [TILE], [link])[0]).toContain('or GP vendor b of company TWO');
		expect(rows([alike, gp('B', 'Firm B')], [TILE], [link])[0]).toContain('or Firm B (B in GP)');
		expect(rows([alike], [TILE], [{ ...link, action: 'skip' }])).toEqual(LINKED);
		expect(rows([alike], [TILE], [{ gp_vendor_id: 'b', procore_vendor_id: ' ' }])).toEqual(LINKED);
	});

	test('two of one name in Procore are never chosen between', () => {
		const twice = [TILE, procore('2', 'NORWOOD TILE')];
		expect(rows([alike], twice)).toEqual([
			expect.stringMatching(
				/^A → : NorwoodTile: candidates: Norwood Tile \(1\).*NORWOOD TILE \(2\)/,
			),
		]);
		// Each of the two is taken by the sync for the one of that name: nothing to choose.
		expect(rows([gp('A', 'Norwood Tile')], twice)).toEqual([]);
	});
});

describe('choices for a row', () => {
	test('five look right at most', () => {
		const projects = [...'abcdefg'].map((one) => ({
			id: one,
			name: one,
			projectNumber: `${one}-300`,
		}));
		const { choices } = projectChoices({ number: '300', name: '' }, projects);
		expect(choices.map(({ value, likely }) => (likely ? `${value}!` : value))).toEqual([
			'a!',
			'b!',
			'c!',
			'd!',
			'e!',
			'f',
			'g',
		]);
		const vendors = [...'gfedcba'].map((id) => ({ id, name: 'Norwood' }));
		const list = vendorChoices({ vendorId: 'X', name: 'Norwood' }, vendors).choices;
		expect(list.map(({ value, likely }) => (likely ? `${value}!` : value)).slice(0, 5)).toEqual([
			'a!',
			'b!',
			'c!',
			'd!',
			'e!',
		]);
	});

	test('the likeliest first, equal names as they come, codes of one name by their number', () => {
		const vendors = [
			{ id: '1', name: 'Norwood Tile Pump' },
			{ id: '2', name: 'Zeta' },
			{ id: '3', name: 'Norwood Tile' },
			{ id: '4', name: 'Beta' },
			{ id: '5', name: 'Beta' },
		];
		const { choices } = vendorChoices({ vendorId: 'X', name: 'Norwood Tile' }, vendors);
		expect(choices.map(({ value }) => value)).toEqual(['3', '1', '4', '5', '2']);
		const codes = ['9', '2', '5', '1', '7'].map((code) => ({ code, name: 'Same' }));
		expect(codeChoices('x', codes, []).choices.map(({ value }) => value)).toEqual([
			'1',
			'2',
			'5',
			'7',
			'9',
		]);
	});
});

describe('rows for jobs and accounts', () => {
	const input = {
		crosswalk: { projects: [], accounts: [], vendors: [] } as Crosswalk,
		projects: PROJECTS,
		settings: DELIVERED_UNTIL_0_3,
	};
	const empty = (): Pick<Crosswalk, 'projects' | 'accounts'> => ({ projects: [], accounts: [] });
	const fill = (
		jobsAndAccounts: Pick<Crosswalk, 'projects' | 'accounts'>,
		given: Partial<Parameters<typeof fillCrosswalks>[0]> = {},
	) =>
		fillCrosswalks({
			...{ ...input, company: 'TWO', accounts: [], vendors: [], jobsAndAccounts },
			procore: { costCodes: [], costTypes: [], vendors: [] },
			...given,
		});

	test('each is met once over all parts, and takes the first description it finds', () => {
		const progress = empty();
		const record = payable([
			['purchase', '300-5110-02', '1'],
			['purchase', '777-5110-02', '1'],
		]);
		unmetRows([record], input, progress);
		unmetRows(
			[account('300-5110-02', { description: 'Slabs' }), account('777-5120-02')],
			input,
			progress,
		);
		unmetRows([account('300-5110-02', { description: 'Else' })], input, progress);
		expect(progress.projects.map(({ gp_job }) => gp_job)).toEqual(['300', '777']);
		expect(
			progress.accounts.map(({ gp_account, gp_description }) => [gp_account, gp_description]),
		).toEqual([
			['300-5110-02', 'Slabs'],
			['777-5110-02', null],
			['777-5120-02', null],
		]);
	});

	test('a sample of lines is met as its documents are', () => {
		const way = { description: null, purchaseOrder: null, lines: 3 };
		const progress = empty();
		unmetRowsOfLines(
			'TWO',
			[
				{ ...way, account: '300-5110-02', reference: null },
				{ ...way, account: '000-5120-02', reference: 'JOB 777' },
				{ ...way, account: '000-6150-02', reference: 'JOB 778' },
			],
			input,
			progress,
		);
		expect(progress.projects.map(({ gp_job }) => gp_job)).toEqual(['300', '777']);
		expect(progress.accounts.map(({ gp_account }) => gp_account)).toEqual([
			'300-5110-02',
			'000-5120-02',
		]);
	});

	test('what was found with the places stands above what looks alike', () => {
		const progress = empty();
		unmetRows(
			['300-5110-02', '301-5110-02', '302-5110-02'].map((one) => account(one)),
			input,
			progress,
		);
		const links = [
			{ job: ' 300', projectId: '9003' },
			{ job: '301', projectId: 'not visible' },
		];
		const skips = [{ job: '302', why: 'Shop' }];
		const { projects, linked } = fill(progress, { proposed: { links, skips } });
		expect(projects).toMatchObject([
			{
				...{ gp_job: '300', gp_job_name: null, procore_project_id: '9003', action: 'send' },
				procore_project_name: 'Mill Street Bridge',
				note: 'linked: 300 is in the number 302, Mill Street Bridge',
			},
			{ gp_job: '301', procore_project_id: '9002', note: 'linked: same number, Lincoln School' },
			{ gp_job: '302', procore_project_id: '', action: 'skip', note: 'no project: Shop' },
		]);
		expect(linked).toEqual({ projects: 2, vendors: 0 });
	});

	test('a job is called as its row says, else as all its accounts begin', () => {
		const descriptions = ['Depot - Slabs', 'Depot - Steel', 'Depot - Wood'];
		const chart = descriptions.map((description, index) =>
			account(`777-51${index}0-02`, { description }),
		);
		const company = account('000-5110-02', { description: 'Depot' });
		const progress = empty();
		unmetRows([...chart, company], input, progress);
		expect(fill(progress, { accounts: [...chart, company] }).projects).toMatchObject([
			{ gp_job_name: 'Depot', note: 'no project is alike' },
		]);
		progress.projects[0]!.gp_job_name = ' Lincoln School ';
		expect(fill(progress, { accounts: chart }).projects).toMatchObject([
			{ gp_job_name: 'Lincoln School', procore_project_id: '9002' },
		]);
	});

	test('an account says whether the project of its job has the code and the type', () => {
		const progress = empty();
		unmetRows(
			['300-5110-02', '777-5110-02', '300-5120-09'].map((one) => account(one)),
			input,
			progress,
		);
		const notes = (costTypes: string[], projects: Crosswalk['projects'] = []) =>
			fill(progress, {
				crosswalk: { ...input.crosswalk, projects },
				procore: {
					costCodes: [{ projectId: '9001', code: '5110', name: 'Concrete' }],
					...{ costTypes, vendors: [] },
				},
			})
				.accounts.sort((left, right) => (left.gp_account < right.gp_account ? -1 : 1))
				.map(({ note }) => note);
		const row = { gp_company: 'TWO', gp_job: '777', procore_project_id: '9001' };
		const MISSING = '5120 is not in Procore yet: the sync makes it';
		const SAME = 'linked: same number, Concrete';
		expect(notes([])).toEqual([SAME, MISSING, '']);
		expect(notes(['M'], [row])).toEqual([
			SAME,
			`${MISSING}; cost type O is not in Procore: choose one of M`,
			SAME,
		]);
	});
});
