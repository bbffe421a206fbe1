import { checkGpAccess } from '../../lib/gp/check-access';
import type { GpClient } from '../../lib/gp/gp-client';
import { TlsProtocolError } from '../../lib/ntlm/errors/connection-errors';

function client(
	companies: string[] | null,
	given: { door?: string; fails?: Error } = {},
): Pick<GpClient, 'probe' | 'list' | 'readByKeys' | 'door'> {
	return {
		door: { name: given.door ?? 'sba' },
		probe: async () => (given.fails ? await Promise.reject(given.fails) : { companies }),
		list: async () => await Promise.resolve([]),
		readByKeys: async () => await Promise.resolve({ records: [] }),
	} as never;
}

async function databaseId(
	companyId: string,
	earlier: string[],
	of: ReturnType<typeof client> = client(['Fabrikam, Inc.', 'Contoso, Ltd.']),
) {
	const checks = await checkGpAccess(
		of as GpClient,
		{ company: 'Fabrikam, Inc.', companyId },
		earlier,
	);
	const { verdict, said, remedy } = checks.find(({ what }) => what === 'Company database ID')!;
	return { verdict, said, remedy };
}

test('before its first run a further company is not called wrong', async () => {
	const { verdict, said, remedy } = await databaseId('SMB', ['TWO', 'TWO']);
	expect(verdict).toBe('not proven');
	expect(said).toBe('The credential says SMB; the runs so far were of TWO.');
	expect(remedy).toMatch(/^The same company as before\? Put back .* A further company, .* go on/);
	expect((await databaseId('SMB', ['TWO', 'SMB'])).said).toMatch(/GP does not tell it/);
});

test('where GP has one company only, another ID than that of the runs so far is wrong', async () => {
	const only = client(['Fabrikam, Inc.']);
	expect((await databaseId('OTHER', ['TWO'], only)).verdict).toBe('wrong');
	expect((await databaseId('two', ['TWO'], only)).verdict).toBe('not proven');
});

test.each(['', 'Fabrikam, Inc.'])('"%s" is no database ID', async (id) => {
	expect((await databaseId(id, [])).verdict).toBe('wrong');
});

test('an ID that the runs so far had, or that rows of elsewhere name, is no fault of its length', async () => {
	expect((await databaseId('FABRIKAM', ['FABRIKAM'])).verdict).toBe('not proven');
	expect((await databaseId('FABRIKAM', [], client(null, { door: 'rows' }))).verdict).toBe('proven');
});

test('where no encryption could be agreed on, the address is looked at and not the certificate', async () => {
	const fails = new TlsProtocolError('https://gp:48620', 'ERR_SSL_WRONG_VERSION_NUMBER');
	const [first] = await checkGpAccess(
		client(null, { fails }) as GpClient,
		{ company: 'Fabrikam, Inc.', companyId: 'TWO' },
		[],
	);
	expect(first).toMatchObject({ verdict: 'wrong', field: 'Service Address' });
});
