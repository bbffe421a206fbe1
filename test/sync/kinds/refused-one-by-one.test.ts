import {
	changesWithout,
	refusedIn,
	sendWithoutRefused,
	sentWithout,
} from '../../../lib/sync/kinds/refused-fields';
import { readOriginData, writeOriginData } from '../../../lib/sync/origin-data';
import { clientOf, vendor } from '../../procore/support/desired';
import { FakeProcore, reply } from '../../procore/support/fake-procore';

describe('which fields a complaint is about', () => {
	const row = {
		...{ name: 'Acme', origin_id: 'X', origin_code: 'ACME', country_code: 'US', state_code: 'XX' },
		...{ zip: '1', email_address: 'e', website: 'w', fax_number: 'f', mobile_phone: 'm' },
		...{ business_phone: 'b', abbreviated_name: 'a', city: 'c', address: 'd' },
	};
	const fields = (errors: Record<string, string[]>, given: object = row) =>
		refusedIn({ row: { ...given }, errors }).map(({ field }) => field);

	test.each<[string, string, string[]]>([
		['zip', 'is too long', ['zip']],
		['country_code', 'is unknown', ['country_code', 'state_code']],
		['state_code', 'is unknown', ['state_code']],
		// Named otherwise, or not at all.
		['country', 'is unknown', ['country_code', 'state_code']],
		['base', 'Province is unknown', ['state_code']],
		['postal_code', 'is too long', ['zip']],
		['', 'Postcode is odd', ['zip']],
		['email', 'is odd', ['email_address']],
		['base', 'E-mail is odd', ['email_address']],
		['url', 'is odd', ['website']],
		['fax', 'is odd', ['fax_number']],
		['cell', 'is odd', ['mobile_phone']],
		['phone', 'is odd', ['business_phone', 'mobile_phone']],
		['base', 'Abbreviation is odd', ['abbreviated_name']],
		['base', 'City is odd', ['city']],
		['street', 'is odd', ['address']],
		['base', 'Curl is odd', []],
		// Not about a field, but about the record.
		['base', 'Address is taken', []],
		['base', 'City is locked', []],
		['name', 'is odd', []],
		['origin_id', 'City', []],
		['origin_code', 'City', []],
		['id', 'City', []],
		['something', 'City is odd', []],
	])('%s "%s": %j', (field, message, expected) =>
		expect(fields({ [field]: [message] })).toEqual(expected),
	);

	test('one that was not sent is not the one', () => {
		const { state_code: _, ...stateless } = row;
		expect(fields({ state_code: ['is odd'] }, stateless)).toEqual([]);
		expect(fields({ country_code: ['is odd'] }, stateless)).toEqual(['country_code']);
		const long = { name: 'Acme Steel', zip: '58102-1234' };
		expect(fields({ zip: ['is too long (maximum is 5)'] }, long)).toEqual(['zip']);
		expect(fields({ phone: ['is odd'] }, { name: 'Acme', mobile_phone: 'm' })).toEqual([
			'mobile_phone',
		]);
	});

	test('one complaint about the record is enough to leave nothing out', () => {
		expect(fields({ zip: ['is odd', 'is long'], city: ['is odd'] })).toEqual(['zip', 'city']);
		expect(fields({ zip: ['is odd'], name: ["can't be blank"] })).toEqual([]);
	});

	test.each([
		['Acme  Steel', 'is too long (maximum is 5 characters)', 'Acme'],
		['Acme Steel', 'must be at most 9 letters', undefined],
		['Acme Steel', 'is too long, at most 9', 'Acme Stee'],
		['🔨🔨🔨', 'is longer than 2', '🔨🔨'],
		['x'.repeat(300), 'is too long', 'x'.repeat(255)],
		['Acme 🔨 Steel', 'contains invalid characters', 'Acme  Steel'],
		['Acme €5 (+) – Größe', 'has an unsupported encoding', undefined],
		['\u{1F528}', 'is invalid', undefined],
		['𐐷Acme', 'is invalid', 'Acme'],
		['Acme', "can't be blank", undefined],
		['Acme', 'is too long', undefined],
	])('a name "%s" that %s goes as %s', (name, message, after) => {
		const found = refusedIn({ row: { name }, errors: { name: [message] } });
		expect(found).toEqual(
			after === undefined ? [] : [{ field: 'name', before: name, after, why: message }],
		);
	});
});

/** A Procore that names one field after the other that it does not take. */
async function sent(fields: Record<string, unknown>, bad: string[]) {
	const fake = new FakeProcore();
	fake.intercept = ({ body }) => {
		const [row] = (body as any).updates;
		const field = bad.find((one) => row[one] !== undefined);
		return field
			? reply(200, { entities: [], errors: [{ ...row, errors: { [field]: ['is odd'] } }] })
			: undefined;
	};
	const row: Record<string, unknown> = {
		...{ name: 'Acme', origin_id: 'X', ...fields },
		origin_data: writeOriginData({ src: 'gp', h: 'h' }),
	};
	const [first] = bad.filter((one) => one in row);
	const given = new Map([['plan', { row, errors: { [first]: ['is odd'] } }]]);
	const { results, leftOut } = await sendWithoutRefused(clientOf(fake.transport), given);
	const [{ entity, ...result }] = results.values();
	const without = (leftOut.get('plan') ?? []).map(({ field }) => field);
	return { goes: entity !== undefined, row: result.row, without, calls: fake.requests.length };
}
const FIELDS = {
	zip: '1',
	city: 'c',
	address: 'a',
	website: 'w',
	fax_number: 'f',
	state_code: 's',
};

test('Procore tells one fault after the other: up to five are left out, and it is known which', async () => {
	const five = await sent(FIELDS, Object.keys(FIELDS).slice(0, 5));
	expect(five).toMatchObject({ goes: true, calls: 5, without: Object.keys(FIELDS).slice(0, 5) });
	expect(five.row).toMatchObject({ name: 'Acme', state_code: 's' });
	expect(readOriginData(five.row.origin_data)).toMatchObject({ h: 'h', x: five.without });
	for (const field of five.without) expect(five.row).not.toHaveProperty(field);
	expect(await sent(FIELDS, Object.keys(FIELDS))).toMatchObject({ goes: false, calls: 5 });
});

test('what Procore names a second time, though it was left out, is no field of ours', async () => {
	const fake = new FakeProcore();
	fake.intercept = ({ body }) => {
		const errors = (body as any).updates.map((row: object) => ({
			...row,
			errors: { zip: ['is odd'] },
		}));
		return reply(200, { entities: [], errors });
	};
	const given = new Map([
		[
			1,
			{ row: { origin_id: 'X', zip: '1' } as Record<string, unknown>, errors: { zip: ['is odd'] } },
		],
	]);
	const { results } = await sendWithoutRefused(clientOf(fake.transport), given);
	expect(fake.requests).toHaveLength(1);
	expect(results.get(1)).toMatchObject({ row: { origin_id: 'X' }, errors: { zip: ['is odd'] } });
	// A row without origin data gets none.
	expect(results.get(1)!.row).not.toHaveProperty('origin_data');
});

test('nothing is sent again where nothing was refused', async () => {
	const fake = new FakeProcore();
	const given = new Map([[1, { row: { name: 'Acme' }, entity: { id: 1 } }]]);
	const { results, leftOut } = await sendWithoutRefused(clientOf(fake.transport), given);
	expect([fake.requests, [...results], leftOut.size]).toEqual([[], [...given], 0]);
});

const out = (field: string, after: string | null) =>
	({ field, before: 'old', after, why: 'is odd' }) as never;

test('what was changed is told as far as it was', () => {
	const planned = ['zip', 'name', 'city'].map((field) => ({ field, before: null, after: 'new' }));
	expect(changesWithout(planned, [out('zip', null), out('name', 'short')])).toEqual([
		{ field: 'name', before: null, after: 'short' },
		{ field: 'city', before: null, after: 'new' },
	]);
	expect(changesWithout(undefined, [out('zip', null)])).toEqual([]);
});

test('it is said which fields were refused, why, and what was sent instead', () => {
	const said = (code: string) => {
		const one = vendor('ACME', { origin_code: code });
		return sentWithout(one, [out('zip', null), out('name', 'short'), out('zip', null)]);
	};
	expect(said('A1').message).toBe(
		'Procore refused zip "old" (is odd); name "old" (is odd), sent as "short"; zip "old" (is odd) of vendor A1; everything else was sent.',
	);
	expect(said('').message).toContain('of vendor ACME; everything');
	expect(said('').remedy).toContain('Correct zip, name on the');
});
