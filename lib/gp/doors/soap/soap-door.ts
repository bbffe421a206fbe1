import type { Entity } from '../../../model/desired';
import { GpCompanyUnknown } from '../../errors/refusals';
import type { Normaliser } from '../../normalise/normaliser';
import type { SiteProfile } from '../../profiles/site-profile';
import type { EntityReader } from '../../reading/entity-reader';
import { controlRows } from '../../reading/control-row';
import { keyPartsOf } from '../../reading/record-key';
import type { GpSite } from '../../site';
import type { Send } from '../../transport/sender';
import type { Door, DoorCapabilities } from '../door';
import { createSoapCall } from './call';
import { companyNamed, listCompanies, type SoapCompany } from './companies';
import { createPurchasing } from './purchasing';
import { shapedRows } from './raw-records';
import { createSoapReader } from './soap-reader';
import { soapSecondLook } from './second-look';
import { byKeyOf, listsOf } from './streams';
import { rowsIn } from './xml';

export const SOAP_CAPABILITIES: DoorCapabilities = {
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
			let count = 0;
			await stream('vendor').list({}, () => (count += 1), { enough: () => count > 0 });
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
