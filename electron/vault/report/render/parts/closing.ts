import type { Context } from '../context.ts';
import type { Flow } from '../flow.ts';
import { type Bookmark, type Node, node } from '../page.ts';
import { colours, styles, textColumn } from '../theme.ts';
import { chapter, entries, prose, span, tinted } from './pieces.ts';

/** How a recipient finds out whether the document is genuine, with every value to compare. */
export function layOutClosing(flow: Flow, { model, messages, manifest }: Context, parent: Node): Bookmark {
  const words = messages.closing;
  const bookmark = chapter(flow, words.title, parent);
  prose(flow, words.intro, parent);
  if (model.draft) prose(flow, words.unsigned, parent);
  flow.space(6);
  const commands = [words.command, '', words.commandTrust, ''];
  const list = node('L', parent);
  for (const [index, step] of words.steps.entries()) {
    const item = node('LI', list);
    flow.textAt(String(index + 1), tinted(styles.bodyBold, colours.accent), flow.left, flow.y, node('Lbl', item));
    const body = node('LBody', item);
    flow.paragraph([span(step, styles.body)], node('P', body), { x: flow.left + 18, width: textColumn - 18 });
    const command = commands[index];
    if (command) commandLine(flow, command, body);
    flow.space(7);
  }
  flow.space(10);
  flow.rule(colours.line, 0.8);
  flow.space(12);
  const mono = (label: string, text: string) => ({ label, spans: [span(text, styles.mono)] });
  entries(
    flow,
    [
      { label: words.signer, spans: [span([model.signer.name, model.signer.role].filter((part) => part !== '').join(', '), styles.small)] },
      mono(words.fingerprint, model.signer.fingerprint),
      mono(words.manifest, manifest.sha256),
      {
        label: words.trail,
        spans: [span(words.trailText(model.trailHead.sequence), styles.small), span(`\n${model.trailHead.hash}`, styles.mono)],
      },
      mono(words.vault, model.vaultId),
      mono(words.audit, model.audit.id),
      mono(words.report, `${model.number} r${model.revision}`),
    ],
    parent,
    { labelWidth: 108, spacing: 7 },
  );
  flow.space(8);
  prose(flow, words.trailNote, parent, styles.quiet);
  prose(flow, words.fonts, parent, styles.quiet);
  return bookmark;
}

function commandLine(flow: Flow, command: string, parent: Node): void {
  flow.space(3);
  flow.need(20);
  flow.draw({ kind: 'rectangle', x: flow.left + 18, y: flow.y, width: textColumn - 18, height: 19, colour: colours.panel, node: null });
  flow.textAt(command, tinted(styles.mono, colours.ink), flow.left + 26, flow.y + 4, node('Code', parent));
  flow.advance(19);
}
