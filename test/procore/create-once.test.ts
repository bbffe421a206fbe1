import { createRequisition, updateRequisition } from '../../lib/procore/resources/commitments';
import { clientOf } from './support/desired';
import { reply, silence } from './support/fake-procore';
import type { ProcoreAnswer } from '../../lib/procore/transport';

const TAKEN = reply(422, { errors: { origin_id: ['has already been taken'] } });

/** Answers the creations in this order; the list shows what stands from this look on. */
function server(creations: Array<ProcoreAnswer | Error>, shownFrom = Infinity) {
	const calls: string[] = [];
	const client = clientOf(async ({ method }) => {
		calls.push(method);
		if (method === 'GET') {
			const looks = calls.filter((one) => one === 'GET').length;
			return reply(200, looks >= shownFrom ? [{ id: 7, origin_id: 'O1' }] : [], { total: '0' });
		}
		const answer = creations.shift();
		if (answer instanceof Error) throw answer;
		return answer ?? reply(201, { id: 8 });
	});
	const create = () => createRequisition(client, '9001', '501', { origin_id: 'O1' });
	return { create, calls, client };
}

test('a lost answer is looked for before it is sent again, after a moment', async () => {
	const { create, calls, client } = server([silence('ECONNRESET')], 1);
	const before = client.effects.now();
	expect(await create()).toMatchObject({ id: 7 });
	expect(calls).toEqual(['POST', 'GET']);
	expect(client.effects.now() - before).toBeGreaterThanOrEqual(2_000);
});

test('what is refused when it comes again is looked for once more', async () => {
	const { create, calls } = server([silence('ECONNRESET'), TAKEN], 2);
	expect(await create()).toMatchObject({ id: 7 });
	expect(calls).toEqual(['POST', 'GET', 'POST', 'GET']);
});

test('refused as standing and shown by no list, it is not known what became of it: no refusal', async () => {
	const { create } = server([silence('ECONNRESET'), TAKEN]);
	await expect(create()).rejects.toMatchObject({ code: 'procore-unreachable', retryable: true });
});

test('refused for what it says, it is a refusal', async () => {
	const wrong = reply(422, { errors: { period_id: ["can't be blank"] } });
	const { create } = server([reply(502, ''), wrong]);
	await expect(create()).rejects.toMatchObject({ code: 'procore-request-refused' });
});

test('refused at once, nothing is looked for', async () => {
	const { create, calls } = server([TAKEN]);
	await expect(create()).rejects.toMatchObject({ code: 'procore-request-refused' });
	expect(calls).toEqual(['POST']);
});

describe('a change that is answered without the record', () => {
	const change = (answer: ProcoreAnswer, standing: object | null, sent: object) => {
		const client = clientOf(async ({ method }) =>
			method === 'PATCH' ? answer : standing ? reply(200, standing) : reply(404, {}),
		);
		return updateRequisition(client, '9001', '501', '7', sent);
	};
	const sent = { origin_data: 'new' };

	test.each([
		['nothing', reply(204, '')],
		['an empty 200', reply(200, '')],
		['a list around it', reply(200, [{ id: 7, ...sent }])],
	])('by %s is seen in what stands', async (_what, answer) => {
		expect(await change(answer, { id: 7, ...sent }, sent)).toEqual({ id: 7, ...sent });
	});

	test('by a 204 is believed also where nothing marks it', async () => {
		expect(await change(reply(204, ''), { id: 7 }, {})).toEqual({ id: 7 });
	});

	test.each([
		['does not show', { id: 7, origin_data: 'old' }, sent],
		['cannot show', { id: 7 }, {}],
		['is gone, which cannot show', null, sent],
	])('and which what stands %s is not known to be made', async (_what, standing, given) => {
		await expect(change(reply(200, ''), standing, given)).rejects.toMatchObject({
			code: 'procore-unexpected-answer',
		});
	});
});
