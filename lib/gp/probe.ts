import { runStepsInTurns } from '../http/read-body';
import { looksLikeHtml } from '../model/foreign-text';
import { presentableAnswer, presentableHeaders } from '../model/redact';
import {
	GpCompanyUnknown,
	GpRequestRefused,
	GpResourceNotOffered,
	GpServiceNotFound,
} from './errors/refusals';
import { GpHtmlPage, GpSettingInvalid, GpWrongContentType } from './errors/gp-error';
import { CORE_DICTIONARY, createAddresses, otherProduct } from './addressing/resource-address';
import { asList, isRecord, secretTest } from './normalise/field-reader';
import { text } from './normalise/values';
import type { EntityReader } from './reading/entity-reader';
import type { ReaderServices } from './reading/fetch-rows';
import { firstRow } from './reading/pages';
import { bodyStart, bodyText, checkStatus, decodeBody } from './response/decode-body';
import type { GpSite } from './site';

export interface ProbeResult {
	/** Company names the service lists; null when it lists none. */
	companies: string[] | null;
	company: string;
}

/**
 * Tells whether this site can be read, and if not, which part is wrong: each step can only fail for
 * its own reason. Faults of name, TLS and login come from the transport as they are.
 */
export async function probe(
	services: ReaderServices,
	site: GpSite,
	vendors: EntityReader,
): Promise<ProbeResult> {
	const { addresses, profile } = services;
	const isService = await answersAsService(services);
	const companies = await listCompanies(services);
	const company = profile.companySegment === 'id' ? site.companyId : site.company;
	// The list gives names; a database id cannot be looked up in it.
	const listed =
		profile.companySegment === 'id'
			? undefined
			: companies?.some((name) => sameName(name, company));
	if (companies && companies.length > 0 && listed === false) {
		throw new GpCompanyUnknown(
			{ address: addresses.context(), httpStatus: 200 },
			company,
			companies,
		);
	}
	try {
		await firstRow(vendors.list({}, { few: true, pageSize: 2 }));
	} catch (error) {
		const nothingThere = error instanceof GpResourceNotOffered && error.details.httpStatus === 404;
		if (nothingThere && isService) await refuseWithoutProduct(services, site);
		if (nothingThere && !listed) {
			const context = { address: addresses.context(), httpStatus: 404 };
			if (isService) throw new GpCompanyUnknown(context, company, companies);
			throw new GpServiceNotFound(context, site.tenant);
		}
		if ((error instanceof GpHtmlPage || error instanceof GpWrongContentType) && !isService) {
			throw new GpServiceNotFound(
				{ address: addresses.origin, excerpt: error.details.excerpt ?? '' },
				site.tenant,
			);
		}
		throw error;
	}
	return { companies, company };
}

/** Some sites have GP's own dictionary in the path, others have none: the other form tells, before the company is blamed. */
async function refuseWithoutProduct(
	{ profile, send }: ReaderServices,
	site: GpSite,
): Promise<void> {
	const other = otherProduct(profile);
	if (other === null) return;
	const { path } = profile.entities.vendor.lists[0]!;
	const address = createAddresses(site, { ...profile, productSegment: other }).resource(path);
	const { status } = await send(address, { address });
	if (status !== 200) return;
	throw new GpSettingInvalid(
		'productSegment of the site profile',
		`vendors stand ${other === '' ? 'without' : 'with'} "${CORE_DICTIONARY}" before ${path} here`,
		`Set {"productSegment": "${other}"} in the site profile.`,
	);
}

/** Whether the help page (Microsoft's own check of an installation) opens; refusals and outages are thrown. */
async function answersAsService({ addresses, send }: ReaderServices): Promise<boolean> {
	const address = addresses.help();
	if (!address) return true;
	const response = await send(address, {}, { accept: 'text/html' });
	if (
		response.status === 404 ||
		response.status === 405 ||
		(response.status >= 300 && response.status < 400)
	)
		return false;
	checkStatus(response, { address });
	return looksLikeHtml(bodyStart(response));
}

async function listCompanies({ addresses, send }: ReaderServices): Promise<string[] | null> {
	const address = addresses.companies();
	if (!address) return null;
	try {
		const response = await send(address, {});
		if (response.status !== 200) return null;
		const names = companyNames((await decodeBody(response, { address })).value);
		return names.length > 0 ? names : null;
	} catch (error) {
		if (error instanceof GpHtmlPage || error instanceof GpWrongContentType) return null;
		throw error;
	}
}

const NAME_MEMBERS = /^(company_?name|cmpnynam|name|display_?name)$/i;

function companyNames(body: unknown): string[] {
	const payload = isRecord(body)
		? (Object.entries(body).find(([name]) => /^(payload|value|d|companies)$/i.test(name))?.[1] ??
			body)
		: body;
	if (Array.isArray(payload) && payload.every((item) => typeof item === 'string')) return payload;
	return asList(payload)
		.map((row) => text(Object.entries(row).find(([name]) => NAME_MEMBERS.test(name))?.[1]))
		.filter((name) => name !== null);
}

function sameName(left: string, right: string): boolean {
	return left.trim().toLowerCase() === right.trim().toLowerCase();
}

export interface GpRawAnswer {
	status: number;
	headers: Record<string, string>;
	/** JSON and XML as objects, anything else as text; secrets removed. */
	body: unknown;
}

/**
 * What any path of the service answers, relative to the company unless it starts with "/".
 * @throws GpRequestRefused for what is no GET
 */
export async function askAnyPath(
	{ addresses, send, profile }: ReaderServices,
	{ path, query, method }: { path: string; query: Record<string, string>; method: string },
): Promise<GpRawAnswer> {
	if (method.toUpperCase() !== 'GET')
		throw new GpRequestRefused(`${method.toUpperCase()} could change data in GP`);
	const address = addresses.within(path, query);
	const response = await send(address, { address });
	const start = bodyStart(response);
	const readable = /^\s{0,99}[[{<]/.test(start) && !looksLikeHtml(start);
	const body = readable
		? (await decodeBody(response, { address })).value
		: await bodyText(response);
	return {
		status: response.status,
		headers: presentableHeaders(response.headers),
		body: await runStepsInTurns(presentableAnswer(body, secretTest(profile.secretFields))),
	};
}
