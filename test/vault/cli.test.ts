import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { assetsIn } from '../../electron/cli/commands.ts';
import { reportError } from '../../electron/cli/io.ts';
import { run } from './cli-run.ts';

describe('help and mistakes', () => {
  it('prints the commands for help, for nothing, and for a wrong command', async () => {
    for (const args of [['help'], ['--help'], ['-h'], []]) {
      const { code, stdout, stderr } = await run(args);
      expect([code, stderr]).toEqual([0, '']);
      for (const command of ['demo DIR', 'verify REPORT.pdf', 'checklists list', 'vault info DIR', 'backup DIR FILE'])
        expect(stdout).toContain(command);
    }
    for (const name of ['nothing', '__proto__', 'constructor', 'toString']) {
      const { code, stdout, stderr } = await run([name]);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain(`no command "${name}"`);
    }
  });

  it.each([
    ['demo'],
    ['demo', 'a', 'b'],
    ['demo', '--nonsense'],
    ['checklists'],
    ['checklists', 'show'],
    ['checklists', 'check'],
    ['checklists', 'burn', 'x'],
    ['vault'],
    ['vault', 'check'],
    ['vault', 'backup', 'x'],
    ['vault', 'compact'],
    ['vault', 'rekey'],
    ['vault', 'rekey', 'x', '--remove'],
    ['vault', 'restore', 'x'],
    ['vault', 'info', 'x', '--passphrase-stdin'],
    ['vault', 'info', '--person'],
    ['verify'],
    ['verify', 'a', 'b'],
    ['verify', '--trust'],
    ['verify', 'a', '--nonsense'],
  ])('%s %s %s is a mistake in the call: exit 2, a message, nothing on stdout', async (...args) => {
    const { code, stdout, stderr } = await run(args.filter((argument) => argument !== undefined));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.length).toBeGreaterThan(10);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it.each([
    ['vault', 'check', 'a', 'b'],
    ['vault', 'info', 'a', 'b'],
    ['vault', 'backup', 'a', 'b', 'c'],
    ['vault', 'compact', 'a', 'b'],
  ])('%s %s with more folders than it looks at is a mistake, not half a result', async (...args) => {
    const { code, stderr } = await run(args);
    expect([code, stderr]).toEqual([2, expect.stringContaining('vault knows: check DIR')]);
  });

  it.each([
    ['vault', 'check', '--json'],
    ['vault', 'check', '--json', '--nonsense'],
    ['verify', '--what', '--json'],
  ])('%s %s %s: a mistake in the call is told in JSON, too', async (...args) => {
    const { code, stdout, stderr } = await run(args.filter((argument) => argument !== undefined));
    expect([code, JSON.parse(stdout)]).toEqual([2, { error: { code: 'usage', message: expect.any(String), hint: expect.any(String) } }]);
    expect(stderr).toContain('sealbook help');
  });

  it('tells a bug by its place only, never by its text', () => {
    let stderr = '';
    const io = {
      stdout: () => {},
      stderr: (text: string) => {
        stderr += text;
      },
      stdin: async () => '',
    };
    let stdout = '';
    expect(reportError(io, new TypeError('a patient’s name'), false)).toBe(2);
    expect(reportError({ ...io, stdout: (text) => (stdout += text) }, new TypeError('a patient’s name'), true)).toBe(2);
    expect(JSON.parse(stdout)).toEqual({ error: { code: 'bug', message: 'Something went wrong; nothing was changed.', hint: '' } });
    expect(stderr).toContain('Something went wrong');
    expect(stderr).not.toContain('patient');
  });

  it('runs as a program: arguments in, exit code out', async () => {
    const written: string[] = [];
    const [argv, umask, exitCode] = [process.argv, process.umask(), process.exitCode];
    const listeners = process.stdout.listeners('error');
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    try {
      process.argv = ['node', 'sealbook', 'help'];
      await import('../../electron/cli/sealbook.ts');
      await vi.waitFor(() => expect(written.join('')).toContain('sealbook verify'));
      expect([process.umask(), process.exitCode]).toEqual([0o077, 0]);
      expect(() => process.stdout.emit('error', new Error('EPIPE'))).not.toThrow();
    } finally {
      write.mockRestore();
      process.argv = argv;
      process.umask(umask);
      process.exitCode = exitCode;
      for (const listener of process.stdout.listeners('error'))
        if (!listeners.includes(listener)) process.stdout.off('error', listener as () => void);
    }
  });

  it('finds its assets beside the bundle', () => {
    expect(assetsIn('/app')).toEqual({
      checklists: join('/app', 'checklists'),
      fonts: join('/app', 'fonts'),
      reportWorker: join('/app', 'report-worker.cjs'),
      reader: join('/app', 'reader.cjs'),
      evidenceWorker: join('/app', 'evidence-worker.cjs'),
      databaseWorker: join('/app', 'database-worker.cjs'),
    });
  });
});
