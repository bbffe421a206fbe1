import { GpOtherDoor } from '../../errors/web-services';
import { GpSettingInvalid } from '../../errors/settings';

/** Where GP's Web Services take their posts unless a site moved them (DynamicsGPLegacy.config). */
export const SOAP_PATH = '/DynamicsGPWebServices/DynamicsGPService.asmx';

/** What an address that somebody pasted stands for. Path letters are not case sensitive in Windows. */
export type PastedAddress =
	/** The legacy endpoint: SOAP 1.1 with a Windows login, which this package speaks. */
	| { kind: 'soap'; address: string }
	/** The native endpoint: security inside the message, which this package does not speak. */
	| { kind: 'native'; instead: string }
	/** The security administration service beside it. */
	| { kind: 'administration'; instead: string }
	/** Nothing that names the Web Services. */
	| { kind: 'other' };

/** Tells the addresses of GP's Web Services from each other and from all others. Pure. */
export function recogniseAddress(written: string): PastedAddress {
	const text = written.trim();
	if (!URL.canParse(text)) return { kind: 'other' };
	const url = new URL(text);
	const path = url.pathname.replace(/\/{1,9}$/, '').toLowerCase();
	const at = (port: string) =>
		`${url.protocol}//${url.hostname}${port === '' ? '' : `:${port}`}${SOAP_PATH}`;
	if (/\/dynamicsadminservice(\.asmx)?$/.test(path) || url.port === '48621')
		return { kind: 'administration', instead: at('48620') };
	// "/Dynamics/GPService" is the native endpoint; "/GPService" alone belongs to SBA.
	if (/\/dynamics\/gpservice(\/|$)/.test(path)) return { kind: 'native', instead: at(url.port) };
	if (/\/metadata\/(legacy|native)\//.test(path)) return { kind: 'soap', address: at(url.port) };
	if (/\.asmx$/.test(path)) return { kind: 'soap', address: url.origin + url.pathname };
	if (/\/dynamicsgpwebservices$/.test(path))
		return {
			kind: 'soap',
			address: `${url.origin}${url.pathname.replace(/\/{1,9}$/, '')}/DynamicsGPService.asmx`,
		};
	if (path === '' && url.port === '48620') return { kind: 'soap', address: at('48620') };
	return { kind: 'other' };
}

const REMEDY =
	'Enter the address of the legacy endpoint, for instance "http://gp.example.com:48620/DynamicsGPWebServices/DynamicsGPService.asmx". Host and port are enough when the site left the path as it was installed.';

/**
 * The address SOAP requests go to, out of what stands in the credential: host and port, the base
 * address, the service itself or its description. Refuses the native endpoint and names the right one.
 * @throws GpSettingInvalid
 */
export function soapAddress(written: string): string {
	const invalid = (why: string, remedy = REMEDY) =>
		new GpSettingInvalid('service address', why, remedy);
	const text = written.trim();
	if (!URL.canParse(text)) throw invalid('it is no web address');
	const url = new URL(text);
	if (url.protocol !== 'http:' && url.protocol !== 'https:')
		throw invalid(`"${url.protocol}" is no web address`);
	if (url.username || url.password)
		throw invalid('it contains a login', `${REMEDY} User and password have their own fields.`);
	const recognised = recogniseAddress(text);
	switch (recognised.kind) {
		case 'soap':
			return recognised.address;
		case 'native':
			throw invalid(
				'it is the native endpoint of the GP Web Services, whose security is inside the messages and is not spoken here',
				`Use the legacy endpoint of the same server, which every release installs beside it: "${recognised.instead}".`,
			);
		case 'administration':
			throw invalid(
				'it is the security administration service, which holds no records',
				`Use "${recognised.instead}".`,
			);
		case 'other': {
			if (url.pathname === '/' || url.pathname === '') return url.origin + SOAP_PATH;
			if (/^\/gp(service|odata)(\/|$)/i.test(url.pathname))
				throw new GpOtherDoor(
					text,
					'that of SBA or OData, not of the GP Web Services',
					`Set Door in the credential to "Service Based Architecture" or "OData Service" and the service address to "${url.origin}". ${REMEDY}`,
				);
			throw invalid(`its path "${url.pathname.slice(0, 80)}" is none of the GP Web Services`);
		}
	}
}
