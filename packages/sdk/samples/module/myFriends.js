// The address book.
var nim = api.require("nim");

nim.myFriends((ret, err) => {
  if (err) return console.error(err.errorMessage);
  var names = ret.users.map((user) => user.nickName);
  console.log(names.sort().join(", "));
});
