import { GpCompanyUnknown } from '../../errors/refusals';
import { text } from '../../normalise/values';
import { numberRange } from './criteria';
import type { SoapCall } from './call';
import { isRecord } from '../../normalise/field-reader';
import { rowsIn } from './xml';

export interface SoapCompany {
	/** SY01500.CMPANYID: what the context of every other request wants. The sample company is -1. */
	number: number;
	name: string;
	/** ACSEGSEP; null when the service does not tell. */
	accountSeparator: string | null;
}

/** All companies of this GP. Their database ids are not in this contract. */
export async function listCompanies(call: SoapCall): Promise<SoapCompany[]> {
	const criteria = `<criteria>${numberRange('Id', -32766, 32766)}</criteria>`;
	const result = await call('GetCompanyList', criteria, {}, { system: true });
	return rowsIn(result).flatMap((row) => {
		const number = Number(isRecord(row.Key) ? text(row.Key.Id) : text(row.Key));
		const name = text(row.Name);
		return Number.isSafeInteger(number) && name !== null
			? [{ number, name, accountSeparator: text(row.AccountSegmentSeparator) }]
			: [];
	});
}

/** The company of that name; GP shows and compares names without case and outer blanks. */
export function companyNamed(
	companies: readonly SoapCompany[],
	name: string,
	address: string,
): SoapCompany {
	const same = (left: string) => left.trim().toLowerCase() === name.trim().toLowerCase();
	const [found, ...others] = companies.filter((company) => same(company.name));
	if (!found || others.length > 0) {
		throw new GpCompanyUnknown(
			{ address, httpStatus: 200 },
			name,
			companies.map((company) => company.name),
		);
	}
	return found;
}
