import type { GpHttp, GpSite } from '../../../lib/gp/site';
import { createGpClient, type GpClient, type GpClientOptions } from '../../../lib/gp/gp-client';
import { fakeClock, type FakeClock } from './fake-clock';

let servers = 0;

/** Each test its own server, so that limiter and circuit start fresh. */
export function siteFor(profile: GpSite['profile'] = {}, more: Partial<GpSite> = {}): GpSite {
	servers += 1;
	return {
		serviceAddress: `https://gp${servers}.example.com`,
		tenant: 'DefaultTenant',
		company: 'Fabrikam, Inc.',
		companyId: 'TWO',
		profile,
		...more,
	};
}

export function clientFor(
	http: GpHttp,
	options: Partial<GpClientOptions> & { clock?: FakeClock } = {},
): { client: GpClient; clock: FakeClock } {
	const clock = options.clock ?? fakeClock();
	const client = createGpClient({
		site: siteFor(),
		http,
		effects: clock,
		throttle: { gapMs: 0 },
		...options,
	});
	return { client, clock };
}
