import type { DesiredCostCode } from '../../../lib/model/desired';
import { syncCostCodes } from '../../../lib/sync/kinds/cost-code';
import { clientOf, costCode } from '../../procore/support/desired';
import { FakeProcore, reply } from '../../procore/support/fake-procore';

/** What the segment of the cost codes was told, and what refuses a code after that. */
let fake: FakeProcore;
let told: string[];
let segments: object[];
let refused: string | undefined;
beforeEach(() => {
	fake = new FakeProcore();
	told = [];
	segments = [
		{ id: 1, type: 'line_item_type' },
		{ id: 2, type: 'cost_code' },
	];
	refused = undefined;
	fake.intercept = ({ method, body }, path) => {
		if (path.endsWith('/segments')) {
			told.push('asked');
			return reply(200, segments);
		}
		const segment = /segments\/(\d+)\/segment_items\/update_all/.exec(path)?.[1];
		if (segment) {
			const { ids, attributes } = body as any;
			told.push(`${segment}: ${ids} ${attributes.status}`);
			return reply(200, {});
		}
		const rows = (body as any)?.updates;
		return method === 'PATCH' && rows?.some(({ code }: any) => code === refused)
			? reply(200, {
					entities: [],
					errors: rows.map((row: object) => ({ ...row, errors: { name: ['is odd'] } })),
				})
			: undefined;
	};
});
const sync = (codes: DesiredCostCode[], inactiveCostCodes?: 'leave' | 'deactivate') =>
	syncCostCodes(clientOf(fake.transport), codes, { dryRun: false, inactiveCostCodes });
const of = (code: string, active = true) => costCode(code, { active });
const idOf = (code: string) => fake.codes.find((one) => one.code === code)?.id;

test('codes GP made inactive leave the pick lists, and those it made active again come back', async () => {
	await sync([of('1'), of('2'), of('3')], 'deactivate');
	expect(told).toEqual([]);
	await sync([of('1', false), of('2', false), of('3')], 'deactivate');
	expect(told).toEqual(['asked', `2: ${idOf('1')},${idOf('2')} inactive`]);
	told = [];
	await sync([of('1'), of('2', false), of('3', false)], 'deactivate');
	expect(told).toEqual(['asked', `2: ${idOf('3')} inactive`, `2: ${idOf('1')} active`]);
});

test('not where they are to be left, nor of a standard list', async () => {
	await sync([of('1')], 'leave');
	await sync([of('1', false)], 'leave');
	await sync([of('1')]);
	expect(told).toEqual([]);
});

test('a code that is refused after that has both told, and nothing where there is no such segment', async () => {
	await sync([of('1')], 'deactivate');
	refused = '1';
	expect(await sync([of('1', false)], 'deactivate')).toMatchObject([
		{
			outcome: 'failed',
			also: [
				{
					...{ outcome: 'updated', unmarked: true },
					changes: [{ field: 'active', before: true, after: false }],
				},
			],
		},
	]);
	segments = [segments[0]];
	told = [];
	const [outcome] = await sync([of('1', false)], 'deactivate');
	expect([outcome.outcome, outcome.also, told]).toEqual(['failed', undefined, ['asked']]);
});
