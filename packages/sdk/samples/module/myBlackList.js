// The page of blocked users.
var nim = api.require("nim");

nim.myBlackList((ret, err) => {
  if (err) return console.error(err.errorMessage);
  ret.users.forEach((user) => {
    console.log(user.account + " " + user.nickName);
  });
});
