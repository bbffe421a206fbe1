import type { Entity } from '../../model/desired';
import { GpSettingInvalid } from '../errors/gp-error';
import { GpOtherDoor, GpRowSourceNotCallable } from '../errors/other-doors';
import { createNormaliser, type Normaliser } from '../normalise/normaliser';
import { probe } from '../probe';
import { createEntityReader, type EntityReader } from '../reading/entity-reader';
import type { ReaderServices } from '../reading/fetch-rows';
import type { GpSite } from '../site';
import type { Door, DoorCapabilities } from './door';
import { createRowsDoor, type RowsDoorParts } from './rows/rows-door';
import { createSoapDoor } from './soap/soap-door';

const COMMON = { receipts: false, orders: false, payments: true, applied: false, retainage: true };

const CAPABILITIES: Record<'sba' | 'odata', Omit<DoorCapabilities, 'stamps'>> = {
	sba: {
		...COMMON,
		totals: false,
		lacks: ['purchase orders and receipts', 'which invoice a payment paid, and when'],
	},
	odata: {
		...COMMON,
		totals: true,
		lacks: [
			'which invoice a payment paid, and when',
			'purchase orders and receipts, unless their tables are published and read by a workflow of your own',
			'vendor names on documents',
		],
	},
};

/** SBA or OData, which both answer a GET with rows, behind the interface of all doors. */
function createRestDoor(
	services: ReaderServices,
	site: GpSite,
	normaliserOf: (entity: Entity) => Normaliser,
): Door {
	const name = services.profile.name === 'odata' ? 'odata' : 'sba';
	const readers = new Map<Entity, EntityReader>();
	const stream = (entity: Entity): EntityReader => {
		let reader = readers.get(entity);
		if (!reader)
			readers.set(entity, (reader = createEntityReader(services, entity, normaliserOf(entity))));
		return reader;
	};
	const stamps = Object.values(services.profile.entities).every(
		({ stampField }) => stampField !== null,
	);
	return {
		name,
		capabilities: { ...CAPABILITIES[name], stamps },
		stream,
		knows: () => true,
		probe: async () => await probe(services, site, stream('vendor')),
		purchasing: null,
		applied: null,
	};
}

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

/**
 * An address of the Web Services that was pasted beside another door: said at once, since behind a
 * host name alone SBA would be asked for where it is not.
 * @throws GpOtherDoor
 */
function refuseWebServices(written: string): void {
	const recognised = recogniseAddress(written);
	if (recognised.kind === 'other' || new URL(written.trim()).pathname === '/') return;
	const [what, address] =
		recognised.kind === 'soap'
			? ['that of the GP Web Services (SOAP)', recognised.address]
			: recognised.kind === 'native'
				? [
						'the native endpoint of the GP Web Services, which is not spoken here',
						recognised.instead,
					]
				: ['the security administration of the GP Web Services', recognised.instead];
	throw new GpOtherDoor(
		written.trim(),
		what,
		`In the "Dynamics GP API" credential set Door to "Web Services (SOAP)" and the service address to "${address}". For SBA or OData enter that service's scheme, host and port alone.`,
	);
}

/** The door the site's profile names, over the transport all doors share. */
export function openDoor(
	services: ReaderServices,
	site: GpSite,
	includeRaw?: boolean,
	rows?: Pick<RowsDoorParts, 'source' | 'inTurn' | 'now'>,
): Door {
	const { profile } = services;
	const normaliserOf = (entity: Entity): Normaliser =>
		createNormaliser(entity, profile, site, includeRaw);
	if (profile.name === 'rows') {
		if (!rows)
			throw new GpRowSourceNotCallable(
				'it is called by a node in a workflow, and this is none',
				'Run an operation of the Dynamics GP node in a workflow instead; "Survey" is one to test with.',
			);
		const { signal } = services;
		return createRowsDoor({ site, profile, ...rows, normaliserOf, ...(signal ? { signal } : {}) });
	}
	if (profile.name !== 'soap') {
		refuseWebServices(site.serviceAddress);
		return createRestDoor(services, site, normaliserOf);
	}
	return createSoapDoor({
		site,
		profile,
		address: soapAddress(site.serviceAddress),
		send: services.send,
		concurrency: services.concurrency,
		normaliserOf,
	});
}
