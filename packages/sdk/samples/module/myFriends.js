// The address book.
var nim = api.require('nim');

nim.myFriends(function (ret, err) {
  if (err) return console.error(err.errorMessage);
  var names = ret.users.map(function (user) {
    return user.nickName;
  });
  console.log(names.sort().join(', '));
});
