// Firefox, installed on this machine and driven over WebDriver BiDi: node firefox.mjs EXECUTABLE ADDRESS PROFILE
// plays at the play page at ADDRESS, and prints as JSON what it saw.
import puppeteer from "puppeteer-core";

const PATIENCE = 120_000;
const [executablePath, address, userDataDir] = process.argv.slice(2);
const seen = { complaints: [], elsewhere: [] };

const browser = await puppeteer.launch({
  browser: "firefox", executablePath, userDataDir, headless: true, timeout: PATIENCE, protocolTimeout: PATIENCE,
  extraPrefsFirefox: { "network.proxy.type": 0, "app.normandy.enabled": false },
});

/** A page that has come to rest, with Python behind it. */
async function opened() {
  const page = await browser.newPage();
  page.on("console", (message) => ["error", "warn"].includes(message.type()) && seen.complaints.push(message.text()));
  page.on("pageerror", (error) => seen.complaints.push(String(error)));
  page.on("request", (request) => request.url().startsWith(new URL("/", address).href) || /^(blob|data|about):/.test(request.url()) || seen.elsewhere.push(request.url()));
  await page.goto(address);
  await until(page, () => document.querySelector(".caucusroom") && document.querySelector("#standing").textContent === "");
  return page;
}

/** @param {() => unknown} wanted what has to be so in the page */
async function until(page, wanted) {
  for (const began = Date.now(); !(await page.evaluate(wanted)); await new Promise((done) => setTimeout(done, 100))) {
    if (Date.now() - began > PATIENCE) throw new Error(`it never came to be that ${wanted}`);
  }
}

const said = (page) => page.evaluate(() => document.querySelector(".caucusroom .now").innerText);
const kept = (page) => page.evaluate(() => document.querySelector("#kept").textContent);

try {
  let page = await opened();
  for (let made = 1; made <= 3; made += 1) {
    await page.click(".caucusroom .move[data-move]");
    await until(page, new Function(`return document.querySelector("#kept").textContent.startsWith("${made} ")`));
  }
  seen.said = await said(page);
  await page.click("[data-key=review]");
  await until(page, () => document.querySelector(".sheet") !== null);
  seen.review = await page.evaluate(() => {
    const sheet = document.querySelector(".sheet");
    return (sheet.querySelector("*")?.shadowRoot ?? sheet.shadowRoot ?? sheet).textContent;
  });
  await page.close();
  page = await opened();
  seen.again = await said(page);
  seen.kept = await kept(page);
  await page.click(".caucusroom .move[data-move]");
  await until(page, () => document.querySelector("#kept").textContent.startsWith("4 "));
} finally {
  await browser.close();
}
console.log(JSON.stringify(seen));
