import { ODATA_PROFILE } from './odata';
import { ROWS_PROFILE } from './rows';
import { SBA_PROFILE } from './sba';
import type { ProfileName, SiteProfile } from './site-profile';
import { SOAP_PROFILE } from './soap';

/** How each door reads each stream, as shipped: a stream that a door does not know yet is missed here. */
export const SHIPPED_PROFILES: Record<ProfileName, SiteProfile> = {
	sba: SBA_PROFILE,
	odata: ODATA_PROFILE,
	soap: SOAP_PROFILE,
	rows: ROWS_PROFILE,
};
