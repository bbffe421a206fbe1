import { ProjectCodes } from '../../../lib/sync/kinds/cost-code-lists';
import type { ActualCostCode } from '../../../lib/procore/resources/cost-codes';
import { RunCache } from '../../../lib/sync/sync-run';
import { clientOf } from '../../procore/support/desired';
import { FakeProcore, reply } from '../../procore/support/fake-procore';

let fake: FakeProcore;
let codes: ProjectCodes;
beforeEach(async () => {
	fake = new FakeProcore();
	fake.codes.push({ id: 3, project_id: 9001, code: '03', name: 'Concrete', parent_id: null });
	codes = ProjectCodes.of(new RunCache(), '9001', 0);
	await codes.readAll(client());
});
const client = () => clientOf(fake.transport);
const shown = ({ code, fullCode, parentId, name }: ActualCostCode) =>
	`${fullCode} (${code} under ${parentId}) ${name}`;

describe('what was written', () => {
	const row = (more: object = {}) => ({
		...{ origin_id: 'GP:TWO:A:300:P:9001', origin_data: 'data', code: '300', name: 'Slabs' },
		...more,
	});
	const answering = (entity: object) => {
		fake.intercept = ({ method }) =>
			method === 'PATCH' ? reply(200, { entities: [entity], errors: [] }) : undefined;
	};

	test('stands under the division it was sent under, where the answer does not show that', async () => {
		const { origin_data: _, ...bare } = row({ id: 30 });
		answering(bare);
		await codes.write(client(), [row({ parent_id: 3 })]);
		expect(shown(codes.withId('30')!)).toBe('03-300 (300 under 3) Slabs');
		expect(codes.withId('30')).toMatchObject({ originData: 'data', originId: row().origin_id });
		expect(codes.resolve('03-300', 'TWO')?.id).toBe('30');
	});

	test('stands where the answer shows it, whatever was sent', async () => {
		answering(row({ id: 30, parent: { id: 3 }, full_code: '03.300' }));
		await codes.write(client(), [row()]);
		expect(shown(codes.withId('30')!)).toBe('03.300 (300 under 3) Slabs');
	});

	test('stands at the top where neither names a division, or nobody knows it', async () => {
		answering(row({ id: 30 }));
		await codes.write(client(), [row()]);
		expect(shown(codes.withId('30')!)).toBe('300 (300 under null) Slabs');
		answering(row({ id: 31 }));
		await codes.write(client(), [row({ parent_id: 99 })]);
		expect(shown(codes.withId('31')!)).toBe('300 (300 under 99) Slabs');
	});

	test('and refused is not known', async () => {
		fake.intercept = ({ method }) =>
			method === 'PATCH'
				? reply(200, { entities: [], errors: [{ ...row(), errors: { name: ['is odd'] } }] })
				: undefined;
		await codes.write(client(), [row()]);
		expect([...codes.all()]).toHaveLength(1);
	});
});

describe('a code made by its full number', () => {
	const make = async (fullCode: string, name: string) => {
		const made: string[] = [];
		await codes.make(client(), fullCode, name, (one) => made.push(shown(one)));
		return made;
	};

	test('is made below what stands, its divisions first', async () => {
		expect(await make('03-300', 'Slabs')).toEqual(['03-300 (300 under 3) Slabs']);
		expect(await make('07-710-1', 'Drains')).toEqual([
			'07 (07 under null) 07-710-1',
			expect.stringMatching(/^07-710 \(710 under \d+\) 07-710-1$/),
			expect.stringMatching(/^07-710-1 \(1 under \d+\) Drains$/),
		]);
		expect(await make('03-300', 'Slabs')).toEqual([]);
		expect(codes.resolve('07-710-1', 'TWO')?.name).toBe('Drains');
		expect(fake.writes.map(({ body }) => body.cost_code.parent_id)).toEqual([
			...[3, undefined, expect.any(Number), expect.any(Number)],
		]);
	});

	test('is none where the answer does not show it', async () => {
		fake.intercept = ({ method }) => (method === 'POST' ? reply(201, {}) : undefined);
		expect(await make('07-710', 'Drains')).toEqual([]);
		expect(fake.writes).toHaveLength(1);
	});
});

describe('a code a line names', () => {
	const stand = (
		id: string,
		parentId: string | null,
		code: string,
		originId: string | null = null,
	) =>
		codes.put({
			...{ id, parentId, code, originId, name: code, originData: null },
			fullCode: parentId ? `03-${code}` : code,
		});

	test('is the one with that full number, in any case', () => {
		stand('30', '3', '3A');
		stand('31', null, '03-3B');
		expect(codes.resolve(' 03-3a', 'TWO')?.id).toBe('30');
		expect(codes.resolve('03-3b', 'TWO')?.id).toBe('31');
	});

	test('else the one this company sent under it, else the only one with that own number', () => {
		stand('30', '3', '301', 'GP:TWO:CC:03-300:P:9001');
		stand('31', '3', '310');
		expect(codes.resolve('03-300', 'TWO')?.id).toBe('30');
		expect(codes.resolve('03-300', 'THREE')).toBeUndefined();
		expect(codes.resolve('310', 'TWO')?.id).toBe('31');
		stand('32', '4', '310');
		expect(codes.resolve('310', 'TWO')).toBeUndefined();
		expect(codes.resolve('', 'TWO')).toBeUndefined();
	});

	test('stands under its own division alone', () => {
		stand('30', '3', '300');
		expect(codes.under('3', ' 300 ')?.id).toBe('30');
		expect([codes.under(null, '300'), codes.under('4', '300')]).toEqual([undefined, undefined]);
		expect(codes.under(null, '03')?.id).toBe('3');
	});
});

test('a standard list of the company is another place than any project', () => {
	const cache = new RunCache();
	const at = (place: object) => ProjectCodes.at(cache, place as never, 0);
	const list = at({ key: 'list 1', listId: '1' });
	expect(at({ key: 'list 1', listId: '1' })).toBe(list);
	expect(at({ key: 'list 2', listId: '2' })).not.toBe(list);
	expect(list.projectId).toBe('');
	expect(at({ key: 'project 1', projectId: '1' })).toBe(ProjectCodes.of(cache, '1', 0));
});
