import { checkProcoreAccess } from '../../lib/procore/check-access';
import { readDirectCost } from '../../lib/procore/resources/direct-costs';
import type { ProcoreTransport } from '../../lib/procore/transport';
import { clientOf } from './support/desired';

/* Where Procore keeps several currencies, an amount may count as another one than was sent. */

test('a direct cost of another currency than its project says so', () => {
	const read = (currency_configuration: unknown) =>
		readDirectCost({ id: 7, currency_configuration })?.fields;
	const told = { currency_iso_code: 'EUR', base_currency_iso_code: 'USD' };
	expect(read(told)).toMatchObject({ currency: 'EUR', base_currency: 'USD' });
	for (const same of [
		{ ...told, currency_iso_code: 'usd' },
		{ currency_iso_code: 'EUR' },
		{},
		null,
		// The base may be the company's currency, and the project's be its own.
		{ ...told, currency_exchange_rate: '1.0' },
		{ ...told, currency_exchange_rate: 1 },
	])
		expect(read(same)).toEqual({});
	expect(read({ ...told, currency_exchange_rate: '1.0008' })).toHaveProperty('currency', 'EUR');
});

describe('the check of both connections', () => {
	const checked = async (status: number, body: unknown) => {
		const transport: ProcoreTransport = ({ url }) => {
			const isCurrencies = url.includes('/currency_configuration');
			return Promise.resolve(
				isCurrencies ? { status, headers: {}, body } : { status: 200, headers: {}, body: [] },
			) as never;
		};
		const checks = await checkProcoreAccess(clientOf(transport));
		return checks.filter(({ what }) => what === 'Currencies');
	};

	test('says that amounts are not converted where the company keeps several', async () => {
		const [check] = await checked(200, { currency_iso_code: 'USD', multicurrency_enabled: true });
		expect(check).toMatchObject({ verdict: 'not proven', field: 'Only These Projects' });
		expect(check!.said).toContain('USD');
	});

	test('and nothing where it keeps one, or does not tell', async () => {
		expect(await checked(200, { currency_iso_code: 'USD', multicurrency_enabled: false })).toEqual(
			[],
		);
		expect(await checked(403, { errors: 'no' })).toEqual([]);
		expect(await checked(404, {})).toEqual([]);
	});
});
