// Changes what strangers read about a team.
var nim = api.require('nim');

nim.updateTeamIntro({ teamId: '64430396', intro: 'We drink tea and write code' }, function (ret, err) {
  console.log(ret ? 'Saved' : err.errorMessage);
});
