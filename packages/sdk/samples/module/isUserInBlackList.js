// Chooses what the button on a user's card says.
var nim = api.require("nim");

nim.isUserInBlackList({ userId: "1005" }, (ret, err) => {
  if (err) console.error(err.errorMessage);
  else console.log(ret.status ? "Unblock" : "Block");
});
