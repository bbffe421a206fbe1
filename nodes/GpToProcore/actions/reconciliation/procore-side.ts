import pLimit from 'p-limit';

import { canonicalKey, canonicalOriginId } from '../../../../lib/model/keys';
import type { AccountBooks } from '../../../../lib/reconcile/account-books';
import type { ProcoreClient } from '../../../../lib/procore/procore-client';
import {
	eachInactiveVendorPage,
	eachVendorPage,
	readVendor,
	type ActualVendor,
} from '../../../../lib/procore/resources/vendors';
import {
	listProjects,
	readProject,
	type ActualProject,
} from '../../../../lib/procore/resources/projects';
import { ProjectCommitments } from '../../../../lib/sync/payables/commitments';
import { runCacheFor } from '../../../../lib/sync/sync-run';
import { tryStandingCosts } from '../../../../lib/sync/standing/read-standing';

/** Who is who in Procore, for the vendors of both sides and for people. */
export interface Names {
	/** The Procore id of a vendor that came from GP, else its origin id. */
	vendorKey(originId: string): string;
	vendorName(key: string): string | undefined;
	projectName(id: string): string | undefined;
	projects: ActualProject[];
	vendors: ActualVendor[];
}

/** Two lists of the company: its projects, closed ones too, and its vendors. */
export async function readNames(procore: ProcoreClient): Promise<Names> {
	const projects = (await listProjects(procore, { status: 'All' })).flatMap(
		(row) => readProject(row) ?? [],
	);
	const vendorNames = new Map<string, string>();
	const idsByOrigin = new Map<string, string>();
	const vendors: ActualVendor[] = [];
	const take = (rows: unknown[], active?: boolean) => {
		for (const row of rows) {
			const vendor = readVendor(row, active, procore.taxIdKey);
			if (!vendor) continue;
			vendors.push(vendor);
			vendorNames.set(vendor.id, vendor.name);
			if (vendor.originId) idsByOrigin.set(canonicalOriginId(vendor.originId), vendor.id);
		}
	};
	await eachVendorPage(procore, (rows) => take(rows));
	await eachInactiveVendorPage(procore, (rows) => take(rows, false));
	const projectNames = new Map(projects.map(({ id, name }) => [id, name]));
	return {
		projects,
		vendors,
		vendorKey: (originId) => idsByOrigin.get(canonicalOriginId(originId)) ?? originId,
		vendorName: (key) => vendorNames.get(key) ?? /^GP:[^:]+:V:(.*)$/.exec(key)?.[1],
		projectName: (id) => projectNames.get(id),
	};
}

/**
 * Projects the comparison maps to: the active ones, as a run does, and closed ones, where what was sent
 * still stands. A closed one whose number or name another project has goes by its id alone, so that it
 * never decides what an active one decides in a run.
 */
export function projectsCompared(projects: readonly ActualProject[]): ActualProject[] {
	const seen = new Map<string, number>();
	const namesOf = ({ projectNumber, name }: ActualProject) =>
		[...new Set([projectNumber, name].map(canonicalKey))].filter(Boolean);
	for (const project of projects)
		for (const known of namesOf(project)) seen.set(known, (seen.get(known) ?? 0) + 1);
	return projects.map((project) =>
		project.active || namesOf(project).every((known) => seen.get(known) === 1)
			? project
			: { ...project, projectNumber: null, name: project.id },
	);
}

/**
 * Compares the projects GP's documents belong to and those given: one to three lists each. A project
 * Procore does not let be read is told to the books; anything worse stops the comparison.
 */
export async function takeProcoreSide(
	books: AccountBooks,
	procore: ProcoreClient,
	more: readonly string[],
): Promise<void> {
	const projectIds = [...new Set([...books.projectIds(), ...more])];
	const limit = pLimit(procore.projectConcurrency);
	let done = 0;
	await Promise.all(
		projectIds.map((projectId) =>
			limit(async () => {
				const billed = books.ordersBilled(projectId);
				const standing = await tryStandingCosts(procore, projectId, {
					requisitions: billed.has('requisition'),
				});
				const orders = billed.has('skip') ? ordersOf(procore, projectId) : undefined;
				await orders?.read(procore);
				const isOrder = (number: string, vendorId: string) =>
					(orders?.matching(number, vendorId).length ?? 0) > 0;
				if (Array.isArray(standing)) books.project(projectId, standing, isOrder);
				else books.unread(projectId, standing.message, standing.remedy);
				procore.progress('projects', ++done, projectIds.length);
			}),
		),
	);
}

function ordersOf(procore: ProcoreClient, projectId: string): ProjectCommitments {
	return ProjectCommitments.of(runCacheFor(procore), projectId, procore.effects.now());
}
