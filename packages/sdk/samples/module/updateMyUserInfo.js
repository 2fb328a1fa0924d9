// Saves the form "My profile".
var nim = api.require('nim');

nim.updateMyUserInfo(
  {
    nickname: 'Ann',
    avatar: 'https://img.example.com/ann.png',
    sign: 'Sailing whenever I can',
    gender: 2,
    email: 'ann@example.com',
    birth: '1990-04-17',
    mobile: '13800000000',
    ext: { city: 'Hangzhou' },
  },
  function (ret, err) {
    console.log(ret ? 'Saved' : `Check your input: ${err.errorMessage}`);
  },
);
