import { syncCostCodes } from '../../../lib/sync/kinds/cost-code';
import { readCostCodesStanding } from '../../../lib/sync/standing/record-standing';
import type { DesiredCostCode } from '../../../lib/model/desired';
import { clientOf, costCode, PROJECT } from '../../procore/support/desired';
import { FakeProcore } from '../../procore/support/fake-procore';

let fake: FakeProcore;
beforeEach(() => {
	fake = new FakeProcore();
});
const sent = async (...codes: DesiredCostCode[]) =>
	void (await syncCostCodes(clientOf(fake.transport), codes, { dryRun: false }));
const inProcore = (code: string) => fake.codes.find((row) => row.code === code) as object;

/** How each stands, and what that shows of both sides. */
async function standing(...codes: DesiredCostCode[]) {
	const found = await readCostCodesStanding(clientOf(fake.transport), PROJECT, codes);
	if (!Array.isArray(found)) return found.code;
	return found.map(({ how, evidence }) => [how, evidence.gp, evidence.procore]);
}

const CONCRETE = { code: '03', name: 'Concrete', originId: `GP:TWO:D:03:P:${PROJECT}` };

describe('how a cost code stands in Procore', () => {
	test('as it was sent, below a division or inactive, too', async () => {
		const codes = [
			costCode('5110'),
			costCode('300', { parent: CONCRETE }),
			costCode('5120', { active: false }),
		];
		await sent(costCode('5120'), ...codes.slice(0, 2));
		await sent(codes[2]);
		expect(await standing(...codes)).toEqual(Array(3).fill(['agrees', 'asSent', 'asSent']));
	});

	test('edited in Procore while GP stayed', async () => {
		await sent(costCode('5110'));
		Object.assign(inProcore('5110'), { name: 'Renamed' });
		expect(await standing(costCode('5110'))).toEqual([['differs', 'asSent', 'edited']]);
	});

	test('changed in GP while Procore shows what was sent', async () => {
		await sent(costCode('5110'));
		const [[how, gp, procore]] = (await standing(costCode('5110', { name: 'New' }))) as string[][];
		expect([how, procore]).toEqual(['differs', 'asSent']);
		expect(gp).not.toBe('asSent');
	});

	test('changed on both sides: nobody can tell what was edited', async () => {
		await sent(costCode('5110'));
		Object.assign(inProcore('5110'), { name: 'Renamed' });
		const [[how, , procore]] = (await standing(costCode('5110', { name: 'New' }))) as string[][];
		expect([how, procore]).toEqual(['differs', 'unknown']);
	});

	test('with nothing of ours kept beside it', async () => {
		await sent(costCode('5110'));
		Object.assign(inProcore('5110'), { origin_data: null, name: 'Renamed' });
		const [[how, , procore]] = (await standing(costCode('5110'))) as string[][];
		expect([how, procore]).toEqual(['differs', 'unknown']);
	});

	test('not there, or only entered by hand, which shows nothing', async () => {
		fake.codes.push({
			...{ id: fake.id(), project_id: Number(PROJECT), parent_id: null },
			...{ code: '5120', name: 'By hand' },
		});
		expect(await standing(costCode('5110'), costCode('5120'))).toEqual([
			['missing', 'unknown', 'unknown'],
			['notLinked', 'unknown', 'unknown'],
		]);
	});

	test('in a project that may not be read: why', async () => {
		fake.blockedProjects.add(PROJECT);
		expect(await standing(costCode('5110'))).toBe('project-blocked');
	});
});

test('each code of the project is told, wanted or not', async () => {
	await sent(costCode('5110'), costCode('5120'));
	const told: string[] = [];
	await readCostCodesStanding(clientOf(fake.transport), PROJECT, [costCode('5110')], ({ code }) =>
		told.push(code),
	);
	expect(told.sort()).toEqual(['5110', '5120']);
});
