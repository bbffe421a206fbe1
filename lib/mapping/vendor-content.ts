import { contentHash } from '../model/content-hash';
import type { GpVendor } from '../model/gp-records';

/** Letters of the hash that are kept, as of a document's. */
const LENGTH = 12;

/** What of a vendor the mapping looks at, as a short hash: see `SourceReference.content`. */
export function vendorContent(vendor: GpVendor): string {
	const { vendorId, name, email, website, status, addresses } = vendor;
	return contentHash({ vendorId, name, email, website, status, address: addresses?.[0] }).slice(
		0,
		LENGTH,
	);
}
