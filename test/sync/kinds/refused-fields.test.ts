import {
	ProcoreConflictError,
	ProcoreRequestRefusedError,
} from '../../../lib/procore/errors/procore-errors';
import { refusedIn } from '../../../lib/sync/kinds/refused-fields';
import { syncVendors } from '../../../lib/sync/kinds/vendor';
import type { ProcoreStandIn } from '../../../sandbox/procore/server';
import { clientOf, startStandIn } from '../../procore/support/checked-stand-in';
import { clientOf as clientOfFake, vendor } from '../../procore/support/desired';
import { fakeClock } from '../../procore/support/fake-clock';
import { FakeProcore, reply } from '../../procore/support/fake-procore';
import { expectHealthy } from '../../procore/support/healthy';

const live = { dryRun: false };

describe('against the stand-in', () => {
	let standIn: ProcoreStandIn;
	const effects = fakeClock();
	beforeEach(async () => (standIn = await startStandIn(effects)));
	afterEach(async () => {
		expectHealthy(standIn);
		await standIn.close();
	});
	const standing = (key: string) =>
		standIn.state.vendors.all().find(({ origin_id }) => origin_id === `GP:TWO:V:${key}`) as any;

	test('a vendor whose state does not fit its country is sent without, said, and left alone then', async () => {
		const client = clientOf(standIn, effects);
		const bad = (city = 'Fargo') =>
			vendor('BAD', { city, country_code: 'US', state_code: 'XX', zip: '58102' });
		const [good, outcome] = await syncVendors(client, [vendor('GOOD'), bad()], live);
		expect(good).toMatchObject({ outcome: 'created' });
		expect(good.reason).toBeUndefined();
		expect(outcome).toMatchObject({
			outcome: 'created',
			reason: {
				code: 'sent-without-field',
				message: expect.stringContaining('state_code "XX" (is invalid)'),
			},
		});
		expect(outcome.changes!.map(({ field }) => field)).not.toContain('state_code');
		expect(standing('BAD')).toMatchObject({ details: { city: 'Fargo', country_code: 'US' } });
		const again = await syncVendors(clientOf(standIn, effects), [vendor('GOOD'), bad()], live);
		expect(again.map(({ outcome: kind }) => kind)).toEqual(['unchanged', 'unchanged']);
		// A change in GP tries all fields anew.
		expect(await syncVendors(clientOf(standIn, effects), [bad('Moorhead')], live)).toMatchObject([
			{ outcome: 'updated', reason: { code: 'sent-without-field' } },
		]);
	});

	test('a country Procore does not know goes with its state, and a bad field beside it, too', async () => {
		const odd = vendor('ODD', {
			country_code: 'USA',
			state_code: 'TX',
			abbreviated_name: 'far too long a name',
		});
		expect(await syncVendors(clientOf(standIn, effects), [odd], live)).toMatchObject([
			{
				outcome: 'created',
				reason: {
					message: expect.stringMatching(/abbreviated_name.*country_code|country_code.*abb/),
				},
			},
		]);
	});
});

/** A Procore that refuses one field by its own words, wherever it comes. */
const REFUSALS: Array<[what: string, fields: object, errors: object, fits: (row: any) => boolean]> =
	[
		[
			'phone',
			{ business_phone: '?' },
			{ business_phone: ['is invalid'] },
			(row) => row.business_phone,
		],
		['fax', { fax_number: '?' }, { fax_number: ['is not a number'] }, (row) => row.fax_number],
		[
			'e-mail',
			{ email_address: 'x' },
			{ email_address: ['is invalid'] },
			(row) => row.email_address,
		],
		[
			'e-mail, named otherwise',
			{ email_address: 'x' },
			{ email: ['is invalid'] },
			(row) => row.email_address,
		],
		[
			'zip',
			{ zip: '1'.repeat(40) },
			{ zip: ['is too long (maximum is 20 characters)'] },
			(row) => row.zip,
		],
		['website', { website: 'no url' }, { website: ['is not a valid URL'] }, (row) => row.website],
		['address', { address: 'x' }, { base: ['Address is too long'] }, (row) => row.address],
		['city', { city: 'x' }, { city: ['contains invalid characters'] }, (row) => row.city],
		[
			'a name that is too long',
			{ name: `${'long '.repeat(60)}` },
			{ name: ['is too long (maximum is 100 characters)'] },
			(row) => row.name.length > 100,
		],
		[
			'a name with letters it does not take',
			{ name: 'Bob 🔨 Builders' },
			{ name: ['contains invalid characters'] },
			(row) => /[\u{10000}-\u{10ffff}]/u.test(row.name),
		],
	];

test.each(REFUSALS)(
	'%s refused: the vendor goes, and it is said',
	async (_, fields, errors, fits) => {
		const fake = new FakeProcore();
		fake.intercept = (request, path) => {
			if (!path.endsWith('/vendors/sync')) return undefined;
			const rows = (request.body as any).updates;
			if (!rows.some(fits)) return undefined;
			return reply(200, { entities: [], errors: rows.map((row: any) => ({ ...row, errors })) });
		};
		const [outcome] = await syncVendors(clientOfFake(fake.transport), [vendor('A', fields)], live);
		expect(outcome).toMatchObject({
			outcome: 'created',
			reason: { code: 'sent-without-field', remedy: expect.stringContaining('in GP') },
		});
		expect(fake.vendors).toHaveLength(1);
		const [again] = await syncVendors(clientOfFake(fake.transport), [vendor('A', fields)], live);
		expect(again.outcome).toBe('unchanged');
	},
);

test('what a vendor cannot do without is not left out', () => {
	const row = { name: 'A', origin_id: 'X', email_address: 'x' };
	expect(refusedIn({ row, errors: { name: ["can't be blank"] } })).toEqual([]);
	expect(refusedIn({ row, errors: { origin_id: ['has already been taken'] } })).toEqual([]);
	expect(
		refusedIn({ row, errors: { email_address: ['is invalid'], base: ['is locked'] } }),
	).toEqual([]);
	expect(refusedIn({ row, entity: {} })).toEqual([]);
	const signs = { name: '🔨', origin_id: 'X' };
	expect(refusedIn({ row: signs, errors: { name: ['contains invalid characters'] } })).toEqual([]);
	// Nor for a call that failed for something else, whatever it says.
	const details = { remedy: '', messages: [{ field: 'email_address', message: 'is invalid' }] };
	const refused = (fault: ProcoreConflictError | ProcoreRequestRefusedError) =>
		refusedIn({ row, fault }).map(({ field }) => field);
	expect(refused(new ProcoreRequestRefusedError('No', details))).toEqual(['email_address']);
	expect(refused(new ProcoreConflictError('No', details))).toEqual([]);
});

test('a refusal of the whole call is read, too', () => {
	const fault = new ProcoreRequestRefusedError('refused', {
		remedy: '',
		messages: [{ field: 'email_address', message: 'is invalid' }],
	});
	expect(refusedIn({ row: { name: 'A', email_address: 'x' }, fault })).toMatchObject([
		{ field: 'email_address', after: null },
	]);
});
