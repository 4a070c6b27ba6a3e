import { basename } from 'node:path';
import type { Person } from '../../shared/domain/person.ts';
import { mayManagePeople } from '../../shared/domain/person.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import type { Identity, peopleFeature } from '../../shared/ipc/people.ts';
import { addPerson } from './access.ts';
import { announce, type Handlers, openSession, takeFile } from './context.ts';
import { importPkcs12 } from './crypto/pkcs12.ts';
import { decodeRow } from './db/records.ts';
import { type ReadableDatabase, sql } from './db/sql.ts';
import { readSmallFile } from './evidence/source.ts';
import { writeFileDurably } from './files.ts';
import { currentIdentity, issueMyIdentity, storeMyIdentity } from './signing.ts';
import { requireStrong } from './strength.ts';

const largestPkcs12 = 1024 * 1024;

/** People of the vault and their signing identities. */
export const peopleHandlers: Handlers<typeof peopleFeature> = {
  'people.list': (context) => listPeople(openSession(context).records),

  'people.add': async (context, payload) => {
    const session = openSession(context);
    if (!mayManagePeople(session.me.role)) throw new ExpectedError('person.not-allowed', 'Ask a lead to add people.');
    const present = listPeople(session.records).filter((person) => person.removedAt === '');
    const taken = present.some((person) => same(person.name, payload.name) || same(person.email, payload.email));
    if (taken) throw new ExpectedError('person.exists', 'Everybody has a name and an e-mail address of their own.');
    requireStrong(payload.passphrase, [payload.name, payload.email, session.name]);
    const added = await addPerson(session, payload, context.process.kdf);
    announce(context, ['people']);
    return added;
  },

  'identity.get': (context) => {
    const { records, me } = openSession(context);
    return currentIdentity(records, me.id);
  },

  'identity.issue': async (context) => {
    const session = openSession(context);
    await issueMyIdentity(session);
    announce(context, ['people']);
    return requireIdentity(currentIdentity(session.records, session.me.id));
  },

  'identity.import': async (context, { token, password }) => {
    const session = openSession(context);
    const path = takeFile(context, token, 'read');
    const bytes = await readSmallFile(path, largestPkcs12);
    if (bytes === null)
      throw new ExpectedError(
        'identity.unreadable',
        'It cannot be read, or is larger than 1\u00a0MiB, as no PKCS#12 file is. Pick another one.',
      );
    storeMyIdentity(session, await importPkcs12(bytes, password), 'imported');
    announce(context, ['people']);
    return requireIdentity(currentIdentity(session.records, session.me.id));
  },

  'identity.exportCertificate': (context, { token }) => {
    const { records, me } = openSession(context);
    const identity = requireIdentity(currentIdentity(records, me.id));
    const path = takeFile(context, token, 'write');
    writeFileDurably(path, identity.certificatePem);
    return { name: basename(path) };
  },
};

/** Everybody in the vault by name. */
export function listPeople(database: ReadableDatabase): Person[] {
  return database.all(sql`SELECT * FROM person ORDER BY name, id`).map((row) => decodeRow('person', row) as unknown as Person);
}

function same(a: string, b: string): boolean {
  return a.trim().toLocaleLowerCase() === b.trim().toLocaleLowerCase();
}

function requireIdentity(identity: Identity | null): Identity {
  if (identity === null) throw new ExpectedError('identity.none', 'Issue one in the settings.');
  return identity;
}
