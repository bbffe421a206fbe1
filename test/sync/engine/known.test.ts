import type { Standing } from '../../../lib/sync/engine/kind';
import { TextIndex } from '../../../lib/model/json-text';
import { Known } from '../../../lib/sync/engine/known';
import { ProcoreNotFoundError } from '../../../lib/procore/errors/procore-errors';
import type { ProcoreClient } from '../../../lib/procore/procore-client';
import { fakeClock } from '../../procore/support/fake-clock';

interface Row extends Standing {
	name?: string | null;
	deleted_at?: string;
}
const row = (id: string, key: string | null = id, more: Partial<Row> = {}): Row => ({
	...{ id, originId: key && `GP:TWO:V:${key}`, originData: null },
	...more,
});
const one = (key: string, former: string[] = []) => ({
	originId: `GP:TWO:V:${key}`,
	formerOriginIds: former.map((spelling) => `GP:TWO:V:${spelling}`),
});

/** A list of Procore that notes what it is asked for. */
class Shelf extends Known<Row, 'name'> {
	asked: string[] = [];
	constructor(public rows: Row[]) {
		super(({ name }) => ({ name }));
	}
	protected async readRows(_client: ProcoreClient, take: (rows: unknown[]) => void) {
		this.asked.push('all');
		for (const each of this.rows) take([each]);
	}
	protected async lookUp(_client: ProcoreClient, originId: string) {
		this.asked.push(originId.slice('GP:TWO:V:'.length));
		return this.rows.filter((each) => each.originId === originId);
	}
	protected async lookUpId(_client: ProcoreClient, id: string): Promise<unknown> {
		this.asked.push(`#${id}`);
		if (id === 'broken') throw new Error('no answer');
		const found = this.rows.find((each) => each.id === id);
		if (!found) throw new ProcoreNotFoundError('gone', { remedy: '' });
		return found;
	}
	protected readRow(_client: ProcoreClient, given: unknown) {
		return (given as Row).id === 'no row' ? undefined : (given as Row);
	}
	named = (name: string) => this.withKey('name', name).map(({ id }) => id);
	ids = () => [...this.all()].map(({ id }) => id);
	whole = () => this.isAll();
}
const effects = fakeClock();
const client = { effects } as unknown as ProcoreClient;

describe('read whole', () => {
	test('is read once, by whoever asks first; rows that cannot be read are passed over', async () => {
		const shelf = new Shelf([row('1'), row('no row'), row('2')]);
		expect([shelf.isWhole, shelf.knows('GP:TWO:V:9')]).toEqual([false, false]);
		await Promise.all([shelf.readAll(client), shelf.readAll(client)]);
		await shelf.readAll(client);
		expect(shelf.asked).toEqual(['all']);
		expect(shelf.ids()).toEqual(['1', '2']);
		expect([shelf.isWhole, shelf.knows('GP:TWO:V:9')]).toEqual([true, true]);
	});

	test('read again, what is gone there is gone here', async () => {
		const shelf = new Shelf([row('1'), row('2')]);
		await shelf.readAll(client);
		shelf.rows = [row('2', 'B'), row('3')];
		await shelf.readAll(client);
		expect(shelf.ids()).toEqual(['1', '2']);
		await shelf.readAll(client, true);
		expect(shelf.ids()).toEqual(['2', '3']);
		expect(shelf.withOriginId('GP:TWO:V:2')).toBeUndefined();
		expect(shelf.withOriginId('GP:TWO:V:B')?.id).toBe('2');
		expect(shelf.withId('1')).toBeUndefined();
	});

	test('what was looked up before stays beside what is read', async () => {
		const shelf = new Shelf([row('1')]);
		shelf.put(row('9'));
		await shelf.readAll(client);
		expect(shelf.ids()).toEqual(['9', '1']);
	});

	test('a reading that failed counts for nothing, and is told', async () => {
		const shelf = new Shelf([]);
		shelf.rows = null as never;
		await expect(shelf.readAll(client)).rejects.toThrow();
		expect(shelf.isWhole).toBe(false);
		shelf.rows = [row('1')];
		await shelf.readAll(client);
		expect(shelf.ids()).toEqual(['1']);
	});

	test('what turned out to be all is not read', async () => {
		const shelf = new Shelf([row('1')]);
		shelf.whole();
		await shelf.readAll(client);
		expect([shelf.isWhole, shelf.asked]).toEqual([true, []]);
	});
});

describe('looked up', () => {
	test('are a few, each once; more are read whole', async () => {
		const shelf = new Shelf([row('1'), row('2'), row('3')]);
		shelf.put(row('3'));
		await shelf.readThese(client, [one('1'), one('2'), one('3')], 2);
		await shelf.readThese(client, [one('1'), one('2'), one('3')], 0);
		expect(shelf.asked).toEqual(['1', '2']);
		await shelf.readThese(client, [one('7'), one('8'), one('9')], 2);
		expect(shelf.asked).toEqual(['1', '2', 'all']);
	});

	test('one that is not there is known to be none', async () => {
		const shelf = new Shelf([]);
		expect(await shelf.lookUpOriginId(client, { originId: 'GP:TWO:V:1' })).toBeUndefined();
		expect(shelf.knows('GP:TWO:V:1')).toBe(true);
		expect(shelf.knows('GP:TWO:V:2')).toBe(false);
	});

	test('one spelling after the other, until one is found', async () => {
		const shelf = new Shelf([row('1', 'Acme')]);
		const found = await shelf.lookUpOriginId(client, one('ACME', ['acme', 'Acme', 'aCME']));
		expect(found?.id).toBe('1');
		expect(shelf.asked).toEqual(['ACME', 'acme', 'Acme']);
	});
});

describe('what was sent lately and is in no list', () => {
	const HOUR = 3_600_000;
	const sent = (id: string, hoursAgo: number) => ({
		originId: `GP:TWO:V:${id}`,
		sentAs: { id, at: new Date(effects.now() - hoursAgo * HOUR).toISOString() },
	});

	test('is asked for by its id', async () => {
		const shelf = new Shelf([row('1')]);
		await shelf.lookUpUnlisted(client, [sent('1', 0), { originId: 'GP:TWO:V:2' }]);
		expect(shelf.asked).toEqual(['#1']);
		expect(shelf.withOriginId('GP:TWO:V:1')?.id).toBe('1');
		expect(shelf.isUnlisted('GP:TWO:V:1')).toBe(false);
		await shelf.lookUpUnlisted(client, [sent('1', 0)]);
		expect(shelf.asked).toEqual(['#1']);
	});

	test('may still come, for a day, and is asked for once', async () => {
		const shelf = new Shelf([]);
		await shelf.lookUpUnlisted(client, [sent('1', 23.9), sent('2', 24)]);
		expect([shelf.isUnlisted('GP:TWO:V:1'), shelf.isUnlisted('GP:TWO:V:2')]).toEqual([true, false]);
		await shelf.lookUpUnlisted(client, [sent('1', 23.9)]);
		expect(shelf.asked).toEqual(['#1', '#2']);
		shelf.put(row('1'));
		expect(shelf.isUnlisted('GP:TWO:V:1')).toBe(false);
	});

	test('is gone where Procore says it was deleted', async () => {
		const shelf = new Shelf([row('1', '1', { deleted_at: '2026-09-30' })]);
		await shelf.lookUpUnlisted(client, [sent('1', 0)]);
		expect(shelf.ids()).toEqual([]);
		expect(shelf.isUnlisted('GP:TWO:V:1')).toBe(false);
	});

	test('is not taken for gone where Procore did not answer', async () => {
		const shelf = new Shelf([]);
		await expect(shelf.lookUpUnlisted(client, [sent('broken', 0)])).rejects.toThrow('no answer');
	});
});

describe('by its other keys', () => {
	test('is found by the one it has now, and no more once it is gone', () => {
		const shelf = new Shelf([]);
		shelf.put(row('1', '1', { name: 'Acme' }));
		shelf.put(row('2', '2', { name: 'Acme' }));
		shelf.put(row('3', null, { name: null }));
		expect(shelf.named('Acme')).toEqual(['1', '2']);
		expect([shelf.named('null'), shelf.named('')]).toEqual([[], []]);
		shelf.put(row('1', '1', { name: 'Bolt' }));
		expect([shelf.named('Acme'), shelf.named('Bolt')]).toEqual([['2'], ['1']]);
		shelf.remove('2');
		shelf.remove('none such');
		expect([shelf.named('Acme'), shelf.ids()]).toEqual([[], ['1', '3']]);
		expect(shelf.withOriginId('GP:TWO:V:2')).toBeUndefined();
	});

	test('one without an origin id is nobody to ask for by one', () => {
		const shelf = new Shelf([]);
		shelf.put(row('1', null));
		expect(shelf.withOriginId('')).toBeUndefined();
		expect(shelf.knows('GP:TWO:V:1')).toBe(false);
		expect(shelf.withId('1')?.id).toBe('1');
	});

	test('with a new origin id it is no longer known by the old one', () => {
		const shelf = new Shelf([]);
		shelf.put(row('1', 'A'));
		shelf.put(row('1', 'B'));
		expect(shelf.withOriginId('GP:TWO:V:A')).toBeUndefined();
		expect(shelf.withOriginId('GP:TWO:V:B')?.id).toBe('1');
	});
});

describe('texts of which one number is made', () => {
	/** Two texts, of these, that nothing tells apart but themselves. */
	function alike(texts: Iterable<string>): [string, string] {
		const index = new TextIndex<string>();
		for (const text of texts) {
			const [other] = index.of(text);
			if (other !== undefined) return [other, text];
			index.add(text, text);
		}
		throw new Error('all have their own number');
	}
	const numbered = function* (...before: string[]) {
		for (let at = 0; at < 400_000; at++) yield `${before[at % before.length]}${at}`;
	};

	test('neither record is taken for the other', () => {
		const [one, other] = alike(numbered('GP:TWO:V:'));
		const shelf = new Shelf([]);
		shelf.put({ id: '1', originId: one, originData: null });
		expect([shelf.knows(one), shelf.knows(other)]).toEqual([true, false]);
		shelf.put({ id: '2', originId: other, originData: null });
		expect([shelf.withOriginId(one)?.id, shelf.withOriginId(other)?.id]).toEqual(['1', '2']);
		shelf.remove('1');
		expect([shelf.withOriginId(one)?.id, shelf.withOriginId(other)?.id]).toEqual([undefined, '2']);
	});

	test('a record keeps the one where it gives up the other', () => {
		let [originId, name] = ['', ''];
		for (let from = 0; !name.startsWith('name ') || !originId.startsWith('GP:'); from++)
			[originId, name] = alike(numbered(`GP:TWO:V:${from}-`, `name ${from}-`)).sort();
		const shelf = new Shelf([]);
		const own = { id: '1', originId, originData: null, name: name.slice('name '.length) };
		shelf.put(own);
		shelf.put({ ...own, name: 'Another' });
		expect(shelf.named(own.name)).toEqual([]);
		expect(shelf.named('Another')).toEqual(['1']);
		expect(shelf.withOriginId(originId)?.id).toBe('1');
	});
});
