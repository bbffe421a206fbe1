import type { Entity } from '../../../model/desired';
import { GpCompanyUnknown } from '../../errors/refusals';
import { isRecord } from '../../normalise/field-reader';
import type { Normaliser } from '../../normalise/normaliser';
import { text } from '../../normalise/values';
import type { SiteProfile } from '../../profiles/site-profile';
import { keyPartsOf } from '../../query/list-query';
import type { EntityReader } from '../../reading/entity-reader';
import { firstRow } from '../../reading/pages';
import { controlRows } from '../../reading/second-look';
import type { GpSite } from '../../site';
import type { Send } from '../../transport/sender';
import type { Door, DoorCapabilities } from '../door';
import { createSoapCall, type SoapCall } from './call';
import { numberRange, rowsIn } from './envelope';
import { createPurchasing } from './purchasing';
import { shapedRows } from './raw-records';
import { createSoapReader } from './soap-reader';
import { byKeyOf, listsOf, soapSecondLook } from './streams';

interface SoapCompany {
	/** SY01500.CMPANYID: what the context of every other request wants. The sample company is -1. */
	number: number;
	name: string;
	/** ACSEGSEP; null when the service does not tell. */
	accountSeparator: string | null;
}

/** All companies of this GP. Their database ids are not in this contract. */
async function listCompanies(call: SoapCall): Promise<SoapCompany[]> {
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
function companyNamed(
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

const SOAP_CAPABILITIES: DoorCapabilities = {
	stamps: true,
	totals: false,
	receipts: true,
	orders: true,
	payments: false,
	applied: false,
	retainage: false,
	lacks: [
		'retainage, hold and void date of a payables document',
		'which invoice a payment paid, and when (a paid invoice is one that moved to history)',
		'payments as payables documents',
		'payment terms of finance charges, returns and credit memos',
		"GP's own currency ids: amounts come in the currency of the books",
		'posting type and category of unit and allocation accounts',
		'a change of a vendor address or of a distribution alone: neither moves a change stamp',
	],
};

/** A tenant of that name is what a GP without tenants has, and GP 10 does not know the element. */
const NO_TENANT = 'DefaultTenant';

export interface SoapDoorParts {
	site: GpSite;
	profile: SiteProfile;
	/** Where requests go, see soapAddress. */
	address: string;
	send: Send;
	concurrency: number;
	normaliserOf(entity: Entity): Normaliser;
}

/** GP's Web Services, legacy endpoint: SOAP 1.1 with a Windows login. */
export function createSoapDoor(parts: SoapDoorParts): Door {
	const { site, profile, address } = parts;
	const tenant = site.tenant.trim();
	const call = createSoapCall({
		send: parts.send,
		address,
		tenant: tenant === '' || tenant === NO_TENANT ? null : tenant,
		companyNumber: async () => await companyNumber(),
	});
	let company: Promise<number> | null = null;

	/** Asked for once: the credential names the company as people do, the service wants its number. */
	function companyNumber(): Promise<number> {
		if (site.companyNumber !== undefined) return Promise.resolve(site.companyNumber);
		if (!company) {
			company = listCompanies(call).then(
				(companies) => companyNamed(companies, site.company, address).number,
			);
			company.catch(() => (company = null));
		}
		return company;
	}

	const readers = new Map<Entity, EntityReader>();
	const stream = (entity: Entity): EntityReader => {
		let reader = readers.get(entity);
		if (!reader) {
			reader = createSoapReader(
				{
					call,
					profile,
					concurrency: parts.concurrency,
					companyNumber,
					databaseId: site.companyId,
				},
				entity,
				parts.normaliserOf(entity),
			);
			readers.set(entity, reader);
		}
		return reader;
	};

	return {
		name: 'soap',
		capabilities: SOAP_CAPABILITIES,
		stream,
		secondLook: async (entity) => {
			const number = await companyNumber();
			const shaped = shapedRows(entity, { number, databaseId: site.companyId });
			const control = entity === 'payable' ? controlRows(profile) : null;
			const normaliser = parts.normaliserOf(entity);
			return await soapSecondLook({
				entity,
				lists: listsOf(entity, profile.transactionStates),
				ask: async ({ operation }, criteria) =>
					rowsIn(await call(operation, criteria, { entity })).map((row) => shaped(row, operation)),
				read: (row) => {
					const read = control?.(row) ?? null;
					if (control) return read && { key: read.key, modified: read.modified, control: read };
					try {
						const { key, modified } = normaliser.record(row, 'summary');
						return { key, modified, control: null };
					} catch {
						return null;
					}
				},
			});
		},
		knows: (entity, key) => {
			try {
				return byKeyOf(entity, keyPartsOf(entity, key)) !== null;
			} catch {
				return true;
			}
		},
		async probe() {
			let companies: SoapCompany[] | null = null;
			if (site.companyNumber === undefined) {
				companies = await listCompanies(call);
				if (companies.length === 0)
					throw new GpCompanyUnknown({ address, httpStatus: 200 }, site.company, []);
				companyNamed(companies, site.company, address);
			}
			await firstRow(stream('vendor').list({}, { few: true }));
			return { companies: companies?.map(({ name }) => name) ?? null, company: site.company };
		},
		applied: null,
		purchasing: createPurchasing({
			call,
			address,
			company: site.companyId,
			moments: {
				zone: profile.stamp.zone,
				granularity: profile.stamp.granularity,
				dateFormat: profile.dateFormat,
				dateZone: profile.dateZone,
			},
		}),
	};
}
