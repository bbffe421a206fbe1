import type { ProfileName, SiteProfile } from './profiles/site-profile';

/** Every member optional, at any depth; lists are replaced as a whole. */
export type DeepPartial<T> = T extends readonly unknown[]
	? T
	: T extends object
		? { [Member in keyof T]?: DeepPartial<T[Member]> }
		: T;

/** One GP company behind one GP service. */
export interface GpSite {
	/** Scheme, host and port, e.g. "https://gp.example.com". */
	serviceAddress: string;
	/** "DefaultTenant" on a single-tenant installation. */
	tenant: string;
	/** Name as the company list in GP shows it, e.g. "Fabrikam, Inc.": the URL carries it. */
	company: string;
	/** Database id (INTERID), e.g. "TWO": part of every origin id. */
	companyId: string;
	/**
	 * SY01500.CMPANYID, for the Web Services only; asked for by the company's name when absent, which
	 * takes the right to list companies.
	 */
	companyNumber?: number;
	/** Name of the workflow that gives rows, for messages and for waiting in turn; only for that door. */
	rowsWorkflow?: string;
	/** Key under which tax ids become match values (lib/model/same-firm.ts); none are given without it. */
	taxIdKey?: string;
	/** What differs at this site from the shipped profile. */
	profile?: DeepPartial<SiteProfile>;
	/** Default "sba". */
	profileName?: ProfileName;
}
