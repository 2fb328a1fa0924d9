/** The callback module over the mock, standing in for the phone's native one. */
export {
  createNativeModule,
  type NativeModuleOptions,
  type NativeModuleSource,
} from "./module-api/create-native-module.ts";
