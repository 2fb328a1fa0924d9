// The page of blocked users.
var nim = api.require('nim');

nim.myBlackList(function (ret, err) {
  if (err) return console.error(err.errorMessage);
  ret.users.forEach(function (user) {
    console.log(`${user.account} ${user.nickName}`);
  });
});
