// Counting by thumb: − and + beside each count.

// As the service reads what is typed: digits of three scripts, and no marks of direction.
const plain = (text) => text
  .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
  .trim()
  .replace(/[٠-٩۰-۹]/g, (digit) => digit.charCodeAt(0) & 15);
// NaN for what is no whole number.
const whole = (text) => (/^[0-9]+$/.test(plain(text)) ? Number(plain(text)) : NaN);

// Blank is not zero: less than zero is blank again, and − on a blank says zero.
const stepped = (text, by, most) => {
  if (!text.trim()) return by > 0 ? "1" : "0";
  const now = whole(text);
  if (Number.isNaN(now)) return text;
  return now + by < 0 ? "" : String(Math.min(now + by, Math.max(most, now)));
};

const addSteps = (form) => {
  form.classList.add("steps");
  for (const button of form.querySelectorAll(".step")) {
    const field = button.parentElement.querySelector("input");
    button.hidden = false;
    button.addEventListener("click", () => {
      field.value = stepped(field.value, Number(button.value), Number(field.dataset.max));
    });
  }
};

// A receipt as the server makes them: 15 random digits and Damm's check digit.
const DAMM = "0317598642709215486342068713591750983426612304597836742095815869720134894536201794386172052581436790";
const newReceipt = () => {
  let receipt = "";
  while (receipt.length < 15) {
    // 250 and above would make the low digits likelier.
    const byte = crypto.getRandomValues(new Uint8Array(1))[0];
    if (byte < 250) receipt += byte % 10;
  }
  let check = 0;
  for (const digit of receipt) check = Number(DAMM[check * 10 + Number(digit)]);
  return receipt + check;
};

// The twenty symbols of a card, the last of which checks the others; nothing for any other text.
const cardOf = (text) => {
  const code = plain(text).replace(/[\s-]/g, "").toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1");
  const symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  let check = 0;
  for (const symbol of code.slice(0, 19)) {
    check = (check ^ symbols.indexOf(symbol)) << 1;
    if (check & 32) check ^= 37;
  }
  return /^[0-9A-HJKMNP-TV-Z]{20}$/.test(code) && symbols[check] === code[19] ? code : "";
};
