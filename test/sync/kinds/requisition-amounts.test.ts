import type { Outcome } from '../../../lib/model/outcome';
import type { ProcoreAnswer } from '../../../lib/procore/transport';
import { syncPayables } from '../../../lib/sync/payables/sync-payables';
import type { ProcoreStandIn } from '../../../sandbox/procore/server';
import { clientOf, projectOf, startStandIn } from '../../procore/support/checked-stand-in';
import { directCost } from '../../procore/support/desired';
import { fakeClock } from '../../procore/support/fake-clock';
import { fetchTransport } from '../../procore/support/fetch-transport';

/** What an answer to a write says, and what was written. */
let standIn: ProcoreStandIn;
let answered: (answer: ProcoreAnswer) => ProcoreAnswer;
let writes: any[];
beforeEach(async () => {
	standIn = await startStandIn(fakeClock());
	answered = (answer) => answer;
	writes = [];
});
afterEach(() => standIn.close());

async function sync(
	amount: string,
	payment_date?: string,
	more: { voided?: boolean; cacheKey?: string } = {},
): Promise<Outcome> {
	const { cacheKey, ...own } = more;
	const projectId = projectOf(standIn);
	const [order] = standIn.state.commitments.by('project', Number(projectId)) as any[];
	const { url: loginUrl, clientId, clientSecret } = standIn;
	const wire = fetchTransport({ loginUrl, clientId, clientSecret });
	const client = clientOf(standIn, fakeClock(), {
		transport: async (request) => {
			const answer = await wire(request);
			if (request.method === 'GET') return answer;
			writes.push(request.body);
			return answered(answer);
		},
	});
	const cost = directCost('1', [amount], {
		...{ projectId, costCode: '5210', vendorId: String(order.vendor_id) },
		...(payment_date ? { header: { payment_date } } : {}),
	});
	cost.lines.forEach((line) => (line.costType = 'S'));
	const bill = {
		...cost,
		...own,
		commitment: { number: 'SC-100-001', then: 'requisition' as const },
	};
	return (await syncPayables(client, [bill], { dryRun: false, cacheKey }))[0];
}
const row = () => standIn.state.requisitions.all()[0] as any;
const edit = (amount: string) =>
	standIn.state.put('requisitions', {
		...row(),
		items: row().items.map((item: any) =>
			Number(item.work_completed_this_period) === 0
				? item
				: { ...item, work_completed_this_period: amount },
		),
	});

test('an amount edited in Procore is set back', async () => {
	await sync('10.00');
	edit('11.00');
	expect(await sync('10.00')).toMatchObject({
		...{ outcome: 'updated', amount: '10.00' },
		changes: [{ field: 'total', before: '11.00', after: '10.00' }],
	});
	expect((await sync('10.00')).outcome).toBe('unchanged');
});

test('also where the day of payment has come: then more than that day is sent', async () => {
	await sync('10.00');
	edit('11.00');
	expect((await sync('10.00', '2026-10-05')).outcome).toBe('updated');
	expect(writes.at(-1).requisition).toHaveProperty('items');
	expect((await sync('10.00', '2026-10-05')).outcome).toBe('unchanged');
});

test('an answer that shows another amount than was sent is a failure', async () => {
	answered = (answer) => {
		const body = answer.body as any;
		const items = body.items.map((item: any) => ({ ...item, work_completed_this_period: '7.00' }));
		return { ...answer, body: { ...body, items } };
	};
	const outcome = await sync('10.00');
	expect(outcome).toMatchObject({ outcome: 'failed', reason: { code: 'totals-differ' } });
	expect(outcome.reason!.message).toContain('10.00');
});

test('an answer that shows no amounts says nothing of them', async () => {
	answered = (answer) => {
		const { items: _, status: __, ...body } = answer.body as any;
		return { ...answer, body };
	};
	expect(await sync('10.00')).toMatchObject({
		...{ outcome: 'created', amount: '10.00', procore: { id: String(row().id) } },
	});
});

test('what was written is known within the run, also what answers leave out', async () => {
	answered = (answer) => {
		const { items: _, status: __, payment_date: ___, ...body } = answer.body as any;
		return { ...answer, body };
	};
	const run = { cacheKey: 'what answers leave out' };
	const steps = [
		...[await sync('10.00', undefined, run), await sync('10.00', '2026-10-05', run)],
		...[await sync('10.00', '2026-10-05', run), await sync('10.00', undefined, run)],
	];
	expect(steps.map(({ outcome }) => outcome)).toEqual([
		...['created', 'updated', 'unchanged', 'updated'],
	]);
	const gone = { ...run, voided: true };
	expect((await sync('10.00', undefined, gone)).outcome).toBe('voided');
	expect((await sync('10.00', undefined, gone)).outcome).toBe('unchanged');
	expect(writes).toHaveLength(4);
});
