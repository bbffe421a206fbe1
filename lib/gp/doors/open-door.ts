import type { Entity } from '../../model/desired';
import { GpRowSourceNotCallable } from '../errors/rows';
import { GpOtherDoor } from '../errors/web-services';
import { createNormaliser, type Normaliser } from '../normalise/normaliser';
import type { ReaderServices } from '../reading/reader-services';
import type { GpSite } from '../site';
import type { Door } from './door';
import { createRestDoor } from './rest-door';
import { createRowsDoor, type RowsDoorParts } from './rows/rows-door';
import { recogniseAddress, soapAddress } from './soap/address';
import { createSoapDoor } from './soap/soap-door';

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
	rows?: Pick<RowsDoorParts, 'source' | 'inTurn'>,
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
