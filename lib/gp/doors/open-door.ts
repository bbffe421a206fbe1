import type { Entity } from '../../base/source';
import { createNormaliser, type Normaliser } from '../normalise/normaliser';
import type { ReaderServices } from '../reading/reader-services';
import type { GpSite } from '../site';
import type { Door } from './door';
import { createRestDoor } from './rest-door';
import { soapAddress } from './soap/address';
import { createSoapDoor } from './soap/soap-door';

/** The door the site's profile names, over the transport all doors share. */
export function openDoor(services: ReaderServices, site: GpSite, includeRaw?: boolean): Door {
	const { profile } = services;
	const normaliserOf = (entity: Entity): Normaliser =>
		createNormaliser(entity, profile, site, includeRaw);
	if (profile.name !== 'soap') return createRestDoor(services, site, normaliserOf);
	return createSoapDoor({
		site,
		profile,
		address: soapAddress(site.serviceAddress),
		send: services.send,
		concurrency: services.concurrency,
		normaliserOf,
	});
}
