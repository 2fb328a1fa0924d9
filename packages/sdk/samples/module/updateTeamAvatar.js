// Gives a team a new picture.
var nim = api.require('nim');

var picture = { teamId: '64430396', avatarUrl: 'https://img.example.com/teapot.png' };
nim.updateTeamAvatar(picture, function (ret, err) {
  console.log(ret ? 'New picture set' : err.errorMessage);
});
