import { SyncWorld } from './sync-world';

jest.setTimeout(60_000);
jest.mock('../../nodes/shared/effects', () => ({
	n8nEffects: jest.requireActual('./hasty-effects').hastyEffects,
}));

let world: SyncWorld;
beforeAll(async () => {
	world = await SyncWorld.open({ vendorCount: 20, documentCount: 60 });
});
afterAll(async () => await world.close());

async function run(): Promise<void> {
	const { error } = await world.run();
	if (error) throw error;
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
});
