/** A text as a server, a proxy or a person may write it, and the parts of it that nobody may see. */
export interface SecretForm {
	name: string;
	text: string;
	secret: string[];
	/** Hidden in our own sentences too; the others only in what a server said. */
	own?: boolean;
}

const JWT =
	'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.dBjftJeZ4CVPmB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const HEX = 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c';
const own = true;

/** Forms of secrets, each made to be recognised. */
export const SECRET_FORMS: SecretForm[] = [
	{ name: 'a pair', text: 'password=Sings4Canary&x=1', secret: ['Sings4Canary'], own },
	{ name: 'a line', text: 'Password: Sings4Canary', secret: ['Sings4Canary'], own },
	{ name: 'JSON', text: '{"password":"Sings 4 Canary"}', secret: ['Sings', 'Canary'], own },
	{
		name: 'JSON in JSON',
		text: '{\\"pwd\\":\\"Sings 4 Canary\\"}',
		secret: ['Sings', 'Canary'],
		own,
	},
	{
		name: 'JSON in JSON in JSON',
		text: '{\\\\\\"secret\\\\\\":\\\\\\"Sings4Canary\\\\\\"}',
		secret: ['Sings4Canary'],
		own,
	},
	{
		name: 'JSON with an escaped quotation mark',
		text: '{"secret":"Sings\\"4Canary"}',
		secret: ['Sings', '4Canary'],
		own,
	},
	{ name: 'JSON that is cut off', text: '{"clientSecret":"Sings4Can', secret: ['Sings4Can'], own },
	{
		name: 'a pair of name and value',
		text: '{"name":"password","value":"Sings4Canary"}',
		secret: ['Sings4Canary'],
		own,
	},
	{ name: 'XML', text: '<Password>Sings 4 Canary</Password>', secret: ['Sings', 'Canary'], own },
	{
		name: 'XML with a prefix and attributes',
		text: '<a:TaxId i:type="s">98-7654321</a:TaxId>',
		secret: ['98-7654321'],
		own,
	},
	{
		name: 'XML with CDATA',
		text: '<ClientSecret><![CDATA[Sings<4>Canary]]></ClientSecret>',
		secret: ['Sings', 'Canary'],
		own,
	},
	{
		name: 'XML as text',
		text: '&lt;Password&gt;Sings4Canary&lt;/Password&gt;',
		secret: ['Sings4Canary'],
		own,
	},
	{
		name: 'an attribute',
		text: '<add key="x" password="Sings 4 Canary"/>',
		secret: ['Sings', 'Canary'],
		own,
	},
	{
		name: 'JSON in HTML',
		text: '{&quot;password&quot;:&quot;Sings4Canary&quot;}',
		secret: ['Sings4Canary'],
		own,
	},
	{ name: 'a form', text: 'user=a&user[password]=Sings4Canary&b=c', secret: ['Sings4Canary'], own },
	{
		name: 'an encoded form',
		text: 'grant_type%3Dx%26client_secret%3DSings4Canary',
		secret: ['Sings4Canary'],
		own,
	},
	{
		name: 'a connection string',
		text: 'Server=gp;Uid=sa;Password=Sings 4 Canary;Database=TWO',
		secret: ['Sings', 'Canary'],
		own,
	},
	{
		name: 'a query parameter',
		text: 'GET /x?api_key=Sings4Canary HTTP/1.1',
		secret: ['Sings4Canary'],
		own,
	},
	{
		name: 'a signed address',
		text: 'https://s3/x?X-Amz-Signature=Sings4Canary&a=1',
		secret: ['Sings4Canary'],
		own,
	},
	{
		name: 'a login in an address',
		text: 'https://svc:Sings4Canary@gp.example.com/x',
		secret: ['Sings4Canary'],
		own,
	},
	{
		name: 'a login with odd signs in an address',
		text: 'https://svc:Sings/4@Canary@gp.example.com/x',
		secret: ['Sings', 'Canary'],
		own,
	},
	{
		name: 'a token in an address',
		text: 'https://Sings4Canary@gp.example.com/x',
		secret: ['Sings4Canary'],
		own,
	},
	{
		name: 'Authorization: Basic',
		text: 'Authorization: Basic U2luZ3M0Q2FuYXJ5',
		secret: ['U2luZ3M0'],
		own,
	},
	{
		name: 'Authorization: Bearer',
		text: 'authorization: bearer Sings4Canary-Sings4Canary',
		secret: ['Sings4Canary'],
		own,
	},
	{
		name: 'Authorization: Digest',
		text: 'Authorization: Digest username="a", response="5ccc069c403ebaf9"',
		secret: ['5ccc069c403ebaf9'],
		own,
	},
	{
		name: 'Authorization in JSON',
		text: '{"Authorization":"Bearer Sings4Canary"}',
		secret: ['Sings4Canary'],
		own,
	},
	{
		name: 'Proxy-Authorization',
		text: 'Proxy-Authorization: Basic U2luZ3M0Q2FuYXJ5',
		secret: ['U2luZ3M0'],
		own,
	},
	{ name: 'an API key header', text: 'X-API-Key: Sings4Canary', secret: ['Sings4Canary'], own },
	{
		name: 'a cookie header',
		text: 'Cookie: a=Sings4Canary; b=Canary4Sings',
		secret: ['Sings4Canary', 'Canary4Sings'],
		own,
	},
	{
		name: 'a cookie that is set',
		text: 'Set-Cookie: sid=Sings4Canary; Path=/; HttpOnly',
		secret: ['Sings4Canary'],
		own,
	},
	{ name: 'a session', text: 'JSESSIONID=Sings4Canary', secret: ['Sings4Canary'], own },
	{ name: 'NTLM', text: 'blob TlRMTVNTUAADAAAAGAAYAHgAAAA=', secret: ['TlRMTVNT'], own },
	{
		name: 'a JSON web token',
		text: `the token ${JWT} has expired`,
		secret: ['eyJhbGci', 'eyJzdWIi', 'dBjftJeZ'],
		own,
	},
	{
		name: 'a token of a maker',
		text: 'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
		secret: ['16C7e42F'],
		own,
	},
	{
		name: 'a private key',
		text: '-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----',
		secret: ['MIIEow'],
		own,
	},
	{ name: 'a bare hexadecimal token', text: `Invalid token ${HEX}`, secret: [HEX.slice(0, 12)] },
	{
		name: 'a bare random token',
		text: 'no such key aB3dE6gH9jK2mN5pQ8sT1vW4 here',
		secret: ['aB3dE6gH'],
	},
	{ name: 'bare base64', text: 'you sent Sings4CanaryU2luZ3M0Q2FuYXJ5Lg==', secret: ['U2luZ3M0'] },
	{
		name: 'a social security number in words',
		text: 'SSN 123-45-6789 is invalid',
		secret: ['123-45-6789'],
		own,
	},
	{ name: 'a social security number', text: 'Jane Doe 123-45-6789', secret: ['123-45-6789'] },
	{ name: 'an employer number', text: 'Doe Concrete 12-3456789', secret: ['12-3456789'] },
	{ name: 'a tax id in words', text: 'Tax ID number: 12-3456789', secret: ['12-3456789'], own },
	{ name: 'a tax id in groups', text: '{"TXIDNMBR":"98 7654 321"}', secret: ['98', '7654'], own },
	{
		name: 'an IBAN',
		text: 'pay to DE89 3704 0044 0532 0130 00 today',
		secret: ['DE89', '0532'],
		own,
	},
	{ name: 'an IBAN without blanks', text: 'GB29NWBK60161331926819', secret: ['NWBK6016'], own },
	{
		name: 'a bank account',
		text: '{"BankAccountNumber" : "4711 0815"}',
		secret: ['4711', '0815'],
		own,
	},
	{
		name: 'a bank account in words',
		text: 'Bank account no. 4711 0815 is closed',
		secret: ['4711', '0815'],
		own,
	},
	{ name: 'a routing number', text: 'routing number 021000021', secret: ['021000021'], own },
	{
		name: 'a quoted password in a sentence',
		text: 'The password "Sings 4 Canary" is wrong',
		secret: ['Sings', 'Canary'],
	},
	{
		name: 'a field of a form',
		text: '<input type="hidden" name="__RequestVerificationToken" value="Sings 4 Canary" />',
		secret: ['Sings', 'Canary'],
		own,
	},
	{
		name: 'a field of a form whose value comes first',
		text: "<input value='Sings 4 Canary' class='x' name='password'>",
		secret: ['Sings', 'Canary'],
		own,
	},
	{
		name: 'an address in JSON',
		text: '{"at":"https:\\/\\/svc:Sings4Canary@gp.test"}',
		secret: ['Sings4Canary'],
		own,
	},
	{
		name: 'an address within another',
		text: '/login?to=https%3A%2F%2Fsvc%3ASings4Canary%40gp.test%2Fx',
		secret: ['Sings4Canary'],
		own,
	},
	{ name: 'a list of one', text: '"password" : [ "Sings4Canary" ]', secret: ['Sings4Canary'], own },
	{ name: 'a cookie of .NET', text: '.ASPXAUTH=Sings4Canary', secret: ['Sings4Canary'], own },
];
