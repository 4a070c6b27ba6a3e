import { type Page, test } from '@playwright/test';

/** For `afterEach`: keeps a picture of the window beside the results of a test that failed. */
export async function keepPicture(page: Page): Promise<void> {
  const { status, expectedStatus } = test.info();
  if (status === expectedStatus || page.isClosed()) return;
  await page.screenshot({ path: test.info().outputPath('window.png'), timeout: 5000 }).catch(() => undefined);
}
