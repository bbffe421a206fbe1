import { only, SmallN8n } from './small-n8n';

const withCredentials = (...credentials: Array<[id: string, name: string, type: string]>) => {
	const n8n = new SmallN8n(only('gpp-setup'));
	n8n.credentials = credentials.map(([id, name, type]) => ({ id, name, type }));
	return n8n;
};

test('a credential that was named, and is not used where another one is chosen, is not passed over', async () => {
	const n8n = withCredentials(['1', 'GP test', 'dynamicsGpApi'], ['2', 'GP live', 'dynamicsGpApi']);
	const named = async (name: string) =>
		(await n8n.install({ credentials: { dynamicsGpApi: name } })).said.join('\n');
	expect(await named('GP test')).not.toContain('which stays');
	expect(await named('GP live')).toMatch(
		/"GP live"\n {2}not used in 3 nodes where another one is chosen, which stays: GP to Procore: setup, .* \("GP test"\)/,
	);
	expect(await named('GP test')).not.toContain('which stays');
});

test('a name that two credentials have is a thing not done, and their ids tell them apart', async () => {
	const n8n = withCredentials(['1', 'GP', 'dynamicsGpApi'], ['2', 'GP', 'dynamicsGpApi']);
	expect((await n8n.install()).said.join()).toContain('there are several (1, 2)');
	const { problems } = await n8n.install({ credentials: { dynamicsGpApi: 'GP' } });
	expect(problems).toEqual([expect.stringContaining('there are several (1, 2)')]);
	expect((await n8n.install({ credentials: { dynamicsGpApi: '2' } })).problems).toEqual([]);
});

test('where two logins have the name of the page’s nobody makes a third', async () => {
	const page = 'GP to Procore page';
	const n8n = withCredentials(['1', page, 'httpBasicAuth'], ['2', page, 'httpBasicAuth']);
	const askPageLogin = jest.fn();
	const { said } = await n8n.install({ askPageLogin });
	expect(askPageLogin).not.toHaveBeenCalled();
	expect(said.join()).toContain('there are several (1, 2); say which with --page-credential');
});
