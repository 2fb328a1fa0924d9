// Lets a blocked user write again.
var nim = api.require('nim');

nim.removeFromBlackBlackList({ userId: '1005' }, function (ret, err) {
  console.log(ret ? 'No longer blocked' : err.errorMessage);
});
