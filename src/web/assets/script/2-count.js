// Counting by thumb: − and + beside each count.

// Reads 0–9 and the Arabic-Indic and Persian digits; NaN for what is no whole number.
const whole = (text) => {
  const plain = text.trim().replace(/[٠-٩۰-۹]/g, (digit) => digit.charCodeAt(0) & 15);
  return /^[0-9]+$/.test(plain) ? Number(plain) : NaN;
};

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
