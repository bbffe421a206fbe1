import { SyncWorld } from './sync-world';

jest.setTimeout(60_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

let world: SyncWorld;
beforeAll(async () => {
	world = await SyncWorld.open({ vendorCount: 20, documentCount: 60 });
});
afterAll(async () => await world.close());

async function run(): Promise<void> {
	await world.sync();
}

/** Every line in Procore that came from GP, with the vendor of its document. */
function lines() {
	const vendorOf = new Map(
		[...world.gp.company.documents.values()].map(({ documentType, voucher, vendorId }) => [
			`${documentType}:${voucher.trim()}`,
			vendorId.trim(),
		]),
	);
	return world.procore.snapshot().projects.flatMap(({ id, directCosts }) =>
		directCosts.flatMap(({ origin_id, status, line_items }) => {
			if (!origin_id || status === 'draft') return [];
			const [, , , type, voucher] = origin_id.split(':');
			return (
				line_items as unknown as Array<{
					cost_code: { full_code: string };
					line_item_type: { code: string };
				}>
			).map((line) => ({
				projectId: String(id),
				vendor: vendorOf.get(`${type}:${voucher}`)!,
				costType: line.line_item_type.code,
			}));
		}),
	);
}

describe('a rule made in the Mapping node of the shipped workflow', () => {
	it('that asks for a vendor class has the classes read, and decides the lines of those vendors only', async () => {
		const classOf = new Map(
			[...world.gp.company.vendors.values()].map(({ vendorId, classId }) => [
				vendorId.trim(),
				classId.trim(),
			]),
		);
		const classes = [...world.gp.company.documents.values()]
			.filter(({ state, voided }) => state !== 'work' && !voided)
			.map(({ vendorId }) => classOf.get(vendorId.trim())!);
		const count = (name: string) => classes.filter((one) => one === name).length;
		const [chosen] = [...new Set(classes)].sort((left, right) => count(right) - count(left));
		world.parameters('Mapping').rules = {
			rule: [{ name: 'Rented', when: { vendorClasses: chosen }, set: { costType: 'E' } }],
		};
		await run();
		const ofClass = lines().filter(({ vendor }) => classOf.get(vendor) === chosen);
		const others = lines().filter(({ vendor }) => classOf.get(vendor) !== chosen);
		expect(ofClass.length).toBeGreaterThan(0);
		expect(new Set(ofClass.map(({ costType }) => costType))).toEqual(new Set(['E']));
		expect(others.some(({ costType }) => costType !== 'E')).toBe(true);
		expect(world.books()).toMatchObject({ unexplained: '0.00' });
		const rules = world.tables.rows<{ rule: string }>('gpp_event').map(({ rule }) => rule);
		expect(rules).toContainEqual(expect.stringContaining('rule "Rented"'));
	});

	it('that sends documents elsewhere than before takes them out of the project they stood in', async () => {
		const projects = world.procore.state.projects.all();
		const projectOf = (job: string) =>
			String(projects.find(({ project_number }) => project_number === job)!.id);
		const [before, after] = [projectOf('300'), projectOf('400')];
		expect(lines().some(({ projectId }) => projectId === before)).toBe(true);
		world.parameters('Mapping').rules = {
			rule: [
				{
					name: 'Joined sites',
					when: { accountSegment: 1, segmentValues: '300' },
					set: { projectId: after },
				},
			],
		};
		await world.sync('Run with options', [
			{ 'Dry run': 'No, write to Procore', 'Read again from this date': '2000-01-01' },
		]);
		const joined = world.tables
			.rows<{ rule: string; outcome: string }>('gpp_event')
			.filter(({ rule, outcome }) => rule.includes('Joined sites') && outcome === 'created');
		expect(joined.length).toBeGreaterThan(0);
		const origins = world
			.directCosts()
			.filter(({ status }) => status !== 'draft')
			.map(({ origin_id }) => String(origin_id).split(':P:'));
		const inBoth = origins.filter(
			([document, project]) =>
				project === before && origins.some(([same, other]) => same === document && other === after),
		);
		// Only documents that also name the old job by another way stand in both, each with its own lines.
		expect(world.books()).toMatchObject({ unexplained: '0.00' });
		expect(inBoth.length).toBeLessThan(joined.length);
		expect(world.books().suspects).toEqual([]);
	});
});
