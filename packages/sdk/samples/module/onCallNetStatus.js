// Warns when the network of a call gets bad.
var nim = api.require('nim');
var grades = ['very good', 'good', 'poor', 'bad', 'very bad'];

nim.onCallNetStatus(function (ret) {
  console.log(`The network of ${ret.user} is ${grades[ret.status]}`);
});

nim.startCall({ type: 1, callees: ['1002'] });
