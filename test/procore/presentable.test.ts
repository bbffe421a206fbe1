import { presentable, refuseBadDates, sinceRange } from '../../lib/procore/wire';

test('amounts that came as numbers become exact text, ids and counts stay numbers', () => {
	expect(
		presentable({
			id: 562949953442334,
			cost_code_id: 4682,
			line_items_count: 3,
			position: 1,
			grand_total: 1281.25,
			line_items: [{ amount: 0.1, quantity: 3, unit_cost: 1e-7, total_amount: '5.0' }],
		}),
	).toEqual({
		id: 562949953442334,
		cost_code_id: 4682,
		line_items_count: 3,
		position: 1,
		grand_total: '1281.25',
		line_items: [{ amount: '0.1', quantity: '3', unit_cost: '0.0000001', total_amount: '5.0' }],
	});
});

test('a tax id is left out at any depth, what else is known of the register stays', () => {
	const register = {
		id: 5,
		type: 'ein',
		identifier: '98-7654321',
		verification_status: 'unverified',
	};
	const shown = presentable([{ vendor: { name: 'Acme', business_register: register } }]);
	expect(shown).toEqual([
		{
			vendor: {
				name: 'Acme',
				business_register: { id: 5, type: 'ein', verification_status: 'unverified' },
			},
		},
	]);
	expect(presentable({ business_register: null })).toEqual({ business_register: null });
	expect(presentable({ business_register: '98-7654321' })).toEqual({ business_register: null });
	expect(presentable({ business_register_attributes: register })).not.toHaveProperty(
		'business_register_attributes.identifier',
	);
});

test.each([null, 'text', 7, true, []])('%j is shown as it is', (value) => {
	expect(presentable(value)).toEqual(value);
});

test('"since" reaches to tomorrow, in the form of the start', () => {
	const now = Date.UTC(2026, 8, 30, 12);
	expect(sinceRange('2026-09-01', now)).toBe('2026-09-01...2026-10-01');
	expect(sinceRange('2026-09-01T08:00:00Z', now)).toBe(
		'2026-09-01T08:00:00Z...2026-10-01T12:00:00Z',
	);
});

test.each(['30.09.2026', '2026-9-3', '2026-02-30', '2026-09-30T00:00:00', 'tomorrow'])(
	'the date %s is refused, with what to write instead',
	(date) => {
		expect(() => refuseBadDates({ due: date }, ['due'], 'INV-88')).toThrow(
			expect.objectContaining({
				code: 'procore-input',
				remedy: expect.stringContaining('YYYY-MM-DD'),
			}),
		);
	},
);

test('a date of the calendar, none and an emptied one are let through', () => {
	refuseBadDates({ one: '2028-02-29', two: undefined, three: '' }, ['one', 'two', 'three'], '');
});
