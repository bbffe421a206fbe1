import { GpRecordMalformed } from '../../lib/gp/errors/gp-error';
import { GpRecordNotFound, GpUserNotAllowed } from '../../lib/gp/errors/refusals';
import { askByKey } from '../../lib/gp/reading/read-records';

const context = { entity: 'payable', address: 'https://gp.example.com' } as never;
const away = new Error('the service is away');

/** A reader to which GP answers so for each key. */
function asked(
	answers: Record<string, 'record' | 'not found' | 'malformed' | 'refused' | 'away'>,
	known?: string,
) {
	const keys: string[] = [];
	const get = async (key: string) => {
		keys.push(key);
		if (answers[key] === 'not found') throw new GpRecordNotFound(context);
		if (answers[key] === 'malformed') throw new GpRecordMalformed(context, 'field', 'is none');
		if (answers[key] === 'refused') throw new GpUserNotAllowed(context);
		if (answers[key] === 'away') throw away;
		return {} as never;
	};
	const wanted = Object.keys(answers).filter((key) => key !== known);
	return { keys, answer: askByKey({ get } as never, 2, wanted, known) };
}
const answered = async (...given: Parameters<typeof asked>) =>
	Object.fromEntries(await asked(...given).answer);

describe('documents asked for by their keys', () => {
	const three = { a: 'record', b: 'not found', c: 'malformed' } as const;

	test('are there or not, where the same way gives one that is known to be there', async () => {
		expect(await answered({ ...three, k: 'record' }, 'k')).toEqual({
			...{ a: 'there', b: 'notThere', c: 'unknown' },
		});
	});

	test.each([
		['that one is not found either: the path may be wrong', { ...three, k: 'not found' }, 'k'],
		['that one cannot be read', { ...three, k: 'malformed' }, 'k'],
		['none is known to be there', three, undefined],
	] as const)('"not found" shows nothing where %s', async (_why, answers, known) => {
		expect(await answered(answers, known)).toEqual({ a: 'there', b: 'unknown', c: 'unknown' });
	});

	test('one that this user is refused is unknown, where another is given', async () => {
		expect(await answered({ a: 'refused', k: 'record' }, 'k')).toEqual({ a: 'unknown' });
		await expect(answered({ a: 'refused' })).rejects.toBeInstanceOf(GpUserNotAllowed);
		const known = answered({ a: 'record', k: 'refused' }, 'k');
		await expect(known).rejects.toBeInstanceOf(GpUserNotAllowed);
	});

	test('where none is known, GP is asked for no other', async () => {
		const { keys, answer } = asked(three);
		await answer;
		expect(keys).toEqual(['a', 'b', 'c']);
	});

	test('a service that is away ends it', async () => {
		await expect(answered({ a: 'away', k: 'record' }, 'k')).rejects.toBe(away);
		await expect(answered({ a: 'record', k: 'away' }, 'k')).rejects.toBe(away);
	});
});
