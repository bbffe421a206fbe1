import type { FieldChange } from '../../lib/model/outcome';
import { recordRequests } from '../../lib/reconcile/differences';
import { compareRecords, type RecordsToCompare } from '../../lib/reconcile/compare-records';

const NOTHING: RecordsToCompare = {
	...{ entity: 'account', standing: [], notSent: [], agree: 0, faults: [], own: [] },
	...{ listed: new Set(), listIsWhole: true, second: { keys: new Set(), counted: null } },
	...{ parked: new Map(), requested: new Set() },
};
const compared = (given: Partial<RecordsToCompare>) => compareRecords({ ...NOTHING, ...given });
type Standing = RecordsToCompare['standing'][number];
const stands = (how: Standing['how'], more: Partial<Standing> = {}): Standing => ({
	desired: { source: { key: 'A', label: 'Acme' }, projectId: '9001' },
	...{ how, evidence: { gp: 'asSent', procore: 'edited' }, changes: [], procoreId: '7' },
	...more,
});
const change = (field: string, before: unknown, after: unknown) =>
	({ field, before, after }) as FieldChange;

describe('a record that stands otherwise', () => {
	const said = (more: Partial<Standing>) =>
		compared({ standing: [stands('differs', more)] }).differences[0];

	test('says what differs, four fields at most, and what is empty', () => {
		const changes = [
			...[change('name', 'Old', 'New'), change('city', null, 'Fargo'), change('zip', '1', '')],
			...[change('code', undefined, 3), change('more', 'x', 'y'), change('most', 'x', 'y')],
		];
		expect(said({ changes })).toEqual({
			...{ entity: 'account', key: 'A', label: 'Acme', projectId: '9001', procoreId: '7' },
			cause: 'editedInProcore',
			message: expect.stringMatching(
				/ \(name: Old, in GP New; city: nothing, in GP Fargo; zip: 1, in GP nothing; code: nothing, in GP 3; 2 more\)$/,
			),
			remedy: expect.any(String),
		});
		expect(said({ changes: changes.slice(0, 4) }).message).not.toContain('more)');
	});

	test('says no fields where none are told, nor where it has its own reason', () => {
		expect(said({}).message).not.toContain('(');
		const reason = { code: 'x', message: 'Its own', remedy: 'Do this' };
		expect(said({ changes: [change('name', 'a', 'b')], reason })).toMatchObject({
			...{ message: 'Its own', remedy: 'Do this' },
		});
	});

	test('is of no project where it has none', () => {
		const desired = { source: { key: 'A', label: 'Acme' } };
		expect(said({ desired }).projectId).toBe('');
	});
});

test('those that agree and those left out are counted, beside what was shown to agree', () => {
	const standing = [stands('agrees'), stands('notSent'), stands('agrees')];
	const left = { outcome: 'skipped', source: { key: 'B' } } as never;
	expect(compared({ standing, agree: 3, notSent: [left] })).toMatchObject({
		...{ agree: 5, leftOut: 2, differences: [], records: 0, missing: 0 },
	});
});

test('one that could not be read is named with what GP said of it', () => {
	const fault = { key: 'B', label: 'Bolt', message: 'No answer', remedy: 'Try again' };
	expect(compared({ faults: [fault], requested: new Set(['B']) })).toMatchObject({
		records: 1,
		differences: [{ ...fault, cause: 'notRead', projectId: '', procoreId: '' }],
	});
});

test('one the second reading alone found is named by its kind', () => {
	const second = { keys: new Set(['C']), counted: 1 };
	const label = (entity: 'vendor' | 'account') =>
		compared({ entity, second }).differences.map((one) => `${one.cause} ${one.label}`);
	expect([label('vendor'), label('account')]).toEqual([
		['notRead Vendor C'],
		['notRead GL account C'],
	]);
	// A count that is known to be met misses none.
	expect(compared({ second }).missing).toBe(1);
	expect(compared({ second: { keys: new Set(['C']), counted: 4 } }).missing).toBe(4);
});

describe('where a table says that it waits', () => {
	const why = { message: 'Waits for its job', remedy: 'Map the job' };
	const cause = (given: Partial<RecordsToCompare>) =>
		compared({ standing: [stands('missing')], ...given }).differences[0];

	test('that is the cause, a request before a row of what waits', () => {
		const [requested, parked] = [new Set(['A']), new Map([['A', why]])];
		expect(cause({}).cause).toBe('missing');
		expect(cause({ requested, parked })).toMatchObject({ cause: 'waitingRequest' });
		expect(cause({ requested }).message).toContain('Waits to be read again');
		expect(cause({ parked })).toMatchObject({ cause: 'parked', ...why });
	});

	test('but not of one that stands there twice', () => {
		const own = { key: 'A', label: 'Acme', procoreId: '7', projectId: '9001' };
		const elsewhere = { ...own, projectId: '9002' };
		const { differences } = compared({ own: [own, elsewhere, own], requested: new Set(['A']) });
		expect(differences).toMatchObject([{ cause: 'duplicate', projectId: '9001' }]);
	});

	test('one that is to wait and does not says what it would wait for', () => {
		const source = { key: 'A', label: 'Acme' };
		const notSent = (reason?: object) => [{ outcome: 'parked', source, reason }] as never;
		const reason = { code: 'x', message: 'No name', remedy: 'Name it' };
		const [unsaid] = compared({ notSent: notSent(reason) }).differences;
		expect(unsaid).toMatchObject({ cause: 'unsaid', label: 'Acme', projectId: '' });
		expect(unsaid.message).toMatch(/parked table: No name$/);
		expect(compared({ notSent: notSent() }).differences[0].message).toMatch(/table: $/);
		const parked = new Map([['A', why]]);
		expect(compared({ notSent: notSent(reason), parked }).differences[0]).toMatchObject(why);
	});
});

test('a request says why by the first difference of its record', () => {
	const one = (message: string) => ({
		...{ entity: 'vendor' as const, cause: 'missing' as const, key: 'A', label: 'Acme', message },
		...{ projectId: '', procoreId: '', remedy: '' },
	});
	const options = { company: 'TWO', drift: 'keep' as const, now: 'now', requestedBy: 'me' };
	expect(recordRequests([one('First'), one('Second')], options)).toMatchObject([{ note: 'First' }]);
});

test('an account GP lists no more is not told: its code may be of another one', () => {
	const own = { key: 'GONE', label: 'Gone', procoreId: '7', projectId: '9001' };
	expect(compared({ own: [own] }).differences).toEqual([]);
	expect(compared({ entity: 'vendor', own: [own] }).differences).toMatchObject([
		{ cause: 'goneFromGp', key: 'GONE' },
	]);
	const listed = new Set(['GONE']);
	expect(compared({ entity: 'vendor', own: [own], listed }).differences).toEqual([]);
});
