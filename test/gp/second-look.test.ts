import { plainHttp } from './support/stand-in';
import { createGpClient } from '../../lib/gp/gp-client';
import { startGpServer } from '../../sandbox/gp/server/start-gp-server';
import { fakeClock } from '../procore/support/fake-clock';

test.each(['sba'] as const)(
	'finds every key of the %s stand-in by its own way',
	async (profileName) => {
		const gp = await startGpServer({
			switches: { authMode: 'none' },
			company: { vendorCount: 10, documentCount: 200 },
		});
		const http = plainHttp();
		const { displayName, databaseId } = gp.company.options;
		const client = createGpClient({
			site: {
				serviceAddress: gp.url,
				tenant: 'DefaultTenant',
				company: displayName,
				companyId: databaseId,
				profileName,
			},
			http,
			effects: fakeClock(),
			politeness: { gapMs: 0 },
		});
		const { keys } = await client.secondLook('payable');
		expect([...keys].sort()).toEqual([...gp.company.documents.keys()].sort());
		http.close();
		await gp.close();
	},
);
